import * as v from 'valibot'
import { afterEach, expect, it, vi, type Mock } from 'vitest'
import { REQUEST_TIMEOUT_MS } from '#shared/limits.ts'
import { createHttpClient } from '#client/platform/http/createHttpClient.ts'
import type { HttpClient } from '#client/platform/http/HttpClient.ts'

const Reply = v.object({ id: v.string() })

afterEach(() => {
  vi.restoreAllMocks()
})

function clientOf(
  respond: () => Response | Promise<Response>,
  accountId: () => string | null = () => null,
): {
  client: HttpClient
  fetch: Mock<typeof globalThis.fetch>
  onRefused: Mock<(code: string) => void>
} {
  const fetch = vi.fn<typeof globalThis.fetch>(() => Promise.resolve(respond()))
  const onRefused = vi.fn<(code: string) => void>()
  return { client: createHttpClient({ fetch, accountId, onRefused }), fetch, onRefused }
}

const untilAborted: typeof globalThis.fetch = (_path, init) =>
  new Promise((_resolve, reject) => {
    init?.signal?.addEventListener('abort', () => {
      reject(init.signal?.reason as Error)
    })
  })

/** An answer that begins, and whose body never ends. */
const withoutEnd: typeof globalThis.fetch = (_path, init) => {
  const body = new ReadableStream({
    start: (controller) => {
      init?.signal?.addEventListener('abort', () => {
        controller.error(init.signal?.reason)
      })
    },
  })
  return Promise.resolve(new Response(body))
}

const refusal = (status: number, error: unknown) => () => Response.json({ error }, { status })

it('posts JSON with the cookie of our own origin', async () => {
  const { client, fetch } = clientOf(() => Response.json({ id: '1' }, { status: 201 }))
  await expect(client.post('/api/x', { a: 1 }, Reply)).resolves.toEqual({ id: '1' })
  expect(fetch).toHaveBeenCalledWith('/api/x', {
    method: 'POST',
    body: '{"a":1}',
    headers: { 'content-type': 'application/json' },
    credentials: 'same-origin',
    cache: 'no-store',
    signal: expect.any(AbortSignal),
  })
})

it('takes an answer without a body for the empty object', async () => {
  const { client } = clientOf(() => new Response(null, { status: 204 }))
  await expect(client.delete('/api/x', v.object({}))).resolves.toEqual({})
})

it('passes on the typed error of the server', async () => {
  const { client, onRefused } = clientOf(
    refusal(429, { code: 'request/rate-limited', retryAfterMs: 5_000 }),
  )
  await expect(client.get('/api/x', Reply)).rejects.toMatchObject({
    code: 'request/rate-limited',
    retryAfterMs: 5_000,
  })
  expect(onRefused).not.toHaveBeenCalled()
})

it.each([
  ['the session has ended', 401, 'auth/signed-out'],
  ['the session is another account’s', 403, 'auth/other-account'],
])('tells when %s', async (_, status, code) => {
  const { client, onRefused } = clientOf(refusal(status, { code }))
  await expect(client.get('/api/x', Reply)).rejects.toMatchObject({ code })
  expect(onRefused.mock.calls).toEqual([[code]])
})

it('[HS12] says with each request for which account it is', async () => {
  let accountId: string | null = null
  const { client, fetch } = clientOf(
    () => Response.json({ id: '1' }),
    () => accountId,
  )
  await client.get('/api/x', Reply)
  accountId = 'ann'
  await client.get('/api/x', Reply)
  await client.post('/api/x', {}, Reply)
  await client.delete('/api/x', Reply)
  await client.delete('/api/x', Reply, 'who has left')
  const said = fetch.mock.calls.map(([, init]) => new Headers(init?.headers).get('ahoy-user'))
  expect(said).toEqual([null, 'ann', 'ann', 'ann', 'who has left'])
})

it('[HS12] answers nobody for whom one asked who has left, and goes on for the next', async () => {
  const fetch = vi
    .fn<typeof globalThis.fetch>()
    .mockImplementationOnce(untilAborted)
    .mockResolvedValueOnce(Response.json({ id: 'next' }))
  const options = { fetch, accountId: () => null, onRefused: () => undefined }
  const client = createHttpClient(options)
  const earlier = client.get('/api/x', Reply)
  client.abandon()
  await expect(earlier).rejects.toMatchObject({ code: 'connection/offline' })
  await expect(client.get('/api/x', Reply)).resolves.toEqual({ id: 'next' })
})

it.each([
  ['an error that we do not know', refusal(418, { code: 'tea/pot' }), 'request/server'],
  ['a page of a proxy', () => new Response('<html>', { status: 502 }), 'request/server'],
  ['an answer of another shape', () => Response.json({ id: 1 }), 'protocol/malformed'],
  ['no network', () => Promise.reject(new TypeError('Failed to fetch')), 'connection/offline'],
])('turns %s into %s', async (_, respond, code) => {
  const { client } = clientOf(respond)
  await expect(client.get('/api/x', Reply)).rejects.toMatchObject({ code })
})

it('takes a body that breaks off for no network', async () => {
  const body = new ReadableStream({
    pull: (controller) => {
      controller.error(new TypeError('network error'))
    },
  })
  const { client } = clientOf(() => new Response(body))
  await expect(client.get('/api/x', Reply)).rejects.toMatchObject({ code: 'connection/offline' })
})

it.each([
  ['an answer that never comes', untilAborted],
  ['a body that never ends', withoutEnd],
])('takes %s for no network', async (_, fetch) => {
  const patience = new AbortController()
  const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(patience.signal)
  const client = createHttpClient({ fetch, accountId: () => null, onRefused: () => undefined })
  const asked = client.get('/api/x', Reply)
  patience.abort(new DOMException('signal timed out', 'TimeoutError'))
  await expect(asked).rejects.toMatchObject({ code: 'connection/offline' })
  expect(timeout).toHaveBeenCalledExactlyOnceWith(REQUEST_TIMEOUT_MS)
})

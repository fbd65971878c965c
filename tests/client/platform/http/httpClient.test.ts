import * as v from 'valibot'
import { expect, it, vi, type Mock } from 'vitest'
import { createHttpClient } from '#client/platform/http/createHttpClient.ts'
import type { HttpClient } from '#client/platform/http/HttpClient.ts'

const Reply = v.object({ id: v.string() })

function clientOf(respond: () => Response | Promise<Response>): {
  client: HttpClient
  fetch: Mock<typeof globalThis.fetch>
  onSignedOut: Mock<() => void>
} {
  const fetch = vi.fn<typeof globalThis.fetch>(() => Promise.resolve(respond()))
  const onSignedOut = vi.fn<() => void>()
  return { client: createHttpClient({ fetch, onSignedOut }), fetch, onSignedOut }
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
  })
})

it('takes an answer without a body for the empty object', async () => {
  const { client } = clientOf(() => new Response(null, { status: 204 }))
  await expect(client.delete('/api/x', v.object({}))).resolves.toEqual({})
})

it('passes on the typed error of the server', async () => {
  const { client, onSignedOut } = clientOf(
    refusal(429, { code: 'request/rate-limited', retryAfterMs: 5_000 }),
  )
  await expect(client.get('/api/x', Reply)).rejects.toMatchObject({
    code: 'request/rate-limited',
    retryAfterMs: 5_000,
  })
  expect(onSignedOut).not.toHaveBeenCalled()
})

it('tells when the session has ended', async () => {
  const { client, onSignedOut } = clientOf(refusal(401, { code: 'auth/signed-out' }))
  await expect(client.get('/api/x', Reply)).rejects.toMatchObject({ code: 'auth/signed-out' })
  expect(onSignedOut).toHaveBeenCalledOnce()
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

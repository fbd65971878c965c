import * as v from 'valibot'
import { AppError, WireError } from '#shared/errors.ts'
import { check } from '#shared/protocol/parse.ts'
import type { HttpClient } from './HttpClient.ts'

export interface HttpClientOptions {
  fetch: typeof fetch
  /** The server no longer knows this session; called for every answer that says so. */
  onSignedOut: () => void
}

const ErrorBody = v.object({ error: WireError })

/** JSON over `fetch`, same origin. Foreign errors become `AppError` here and nowhere else. */
export function createHttpClient({ fetch, onSignedOut }: HttpClientOptions): HttpClient {
  async function send(path: string, init: RequestInit): Promise<unknown> {
    const answer = await reach(path, init)
    const body = readJson(answer.text)
    if (answer.ok) return body
    const error = failureOf(body)
    if (error.code === 'auth/signed-out') onSignedOut()
    throw error
  }

  async function reach(path: string, init: RequestInit): Promise<{ ok: boolean; text: string }> {
    try {
      const response = await fetch(path, { credentials: 'same-origin', cache: 'no-store', ...init })
      return { ok: response.ok, text: await response.text() }
    } catch (cause) {
      throw new AppError('connection/offline', { cause })
    }
  }

  return {
    get: async (path, reply) => accept(reply, await send(path, { method: 'GET' })),
    post: async (path, body, reply) => accept(reply, await send(path, postOf(body))),
    delete: async (path, reply) => accept(reply, await send(path, { method: 'DELETE' })),
  }
}

const postOf = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

/** An answer without a body (204) counts as the empty object; what is no JSON, as a broken server. */
function readJson(text: string): unknown {
  if (text === '') return {}
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new AppError('request/server', { cause })
  }
}

function failureOf(body: unknown): AppError {
  const parsed = v.safeParse(ErrorBody, body)
  return parsed.success ? AppError.fromWire(parsed.output.error) : new AppError('request/server')
}

function accept<S extends v.GenericSchema>(reply: S, body: unknown): v.InferOutput<S> {
  const parsed = check(reply, body)
  if (!parsed.ok) throw parsed.error
  return parsed.value
}

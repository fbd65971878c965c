import * as v from 'valibot'
import { AppError, WireError, type ErrorCode } from '#shared/errors.ts'
import { REQUEST_TIMEOUT_MS } from '#shared/limits.ts'
import { USER_HEADER } from '#shared/protocol/accounts.ts'
import { check } from '#shared/protocol/parse.ts'
import type { HttpClient } from './HttpClient.ts'

export interface HttpClientOptions {
  fetch: typeof fetch
  /** Id of the account that the page belongs to now; null before the log-in. */
  accountId: () => string | null
  /** The account of the page has no session here any more; called for every answer that says so. */
  onRefused: (code: RefusalCode) => void
}

export type RefusalCode = 'auth/signed-out' | 'auth/other-account'

const isRefusal = (code: ErrorCode): code is RefusalCode =>
  code === 'auth/signed-out' || code === 'auth/other-account'

const ErrorBody = v.object({ error: WireError })

interface Question {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** JSON over `fetch`, same origin. Foreign errors become `AppError` here and nowhere else. */
export function createHttpClient({ fetch, accountId, onRefused }: HttpClientOptions): HttpClient {
  let life = new AbortController()

  async function send(path: string, question: Question, of = accountId()): Promise<unknown> {
    // On a path that drops every packet the caller would wait for ever.
    const signal = AbortSignal.any([life.signal, AbortSignal.timeout(REQUEST_TIMEOUT_MS)])
    const answer = await reach(path, { ...withUser(question, of), signal })
    const body = readJson(answer.text)
    if (answer.ok) return body
    const error = failureOf(body)
    if (isRefusal(error.code)) onRefused(error.code)
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
    delete: async (path, reply, of) => accept(reply, await send(path, { method: 'DELETE' }, of)),
    abandon() {
      life.abort()
      life = new AbortController()
    },
  }
}

const postOf = (body: unknown): Question => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

const withUser = (question: Question, userId: string | null): Question =>
  userId === null
    ? question
    : { ...question, headers: { ...question.headers, [USER_HEADER]: userId } }

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

import type * as v from 'valibot'
import { AppError } from '#shared/errors.ts'
import { check } from '#shared/protocol/parse.ts'
import type { HttpClient } from '#client/platform/http/HttpClient.ts'

export interface SentRequest {
  /** `GET /api/contacts` */
  readonly what: string
  readonly body: unknown
  /** Whose request it is, where that is said. */
  readonly of?: string
}

export interface FakeHttp extends HttpClient {
  /** Every request so far, oldest first. */
  readonly sent: SentRequest[]
  /** What this request is answered with from now on; an AppError is thrown, a function is asked. */
  answer(what: string, answer: unknown): void
}

/** A server that says what the test says; unknown requests are not found. Replies are checked. */
export function createFakeHttp(answers: Record<string, unknown> = {}): FakeHttp {
  const known = new Map(Object.entries(answers))
  const sent: SentRequest[] = []

  async function ask<S extends v.GenericSchema>(
    what: string,
    body: unknown,
    reply: S,
    of?: string,
  ): Promise<v.InferOutput<S>> {
    sent.push(of === undefined ? { what, body } : { what, body, of })
    const found = known.get(what) ?? new AppError('request/not-found')
    const answer: unknown = typeof found === 'function' ? await found() : found
    if (answer instanceof AppError) throw answer
    const checked = check(reply, answer)
    if (!checked.ok) throw checked.error
    return checked.value
  }

  return {
    sent,
    answer: (what, answer) => known.set(what, answer),
    get: (path, reply) => ask(`GET ${path}`, undefined, reply),
    post: (path, body, reply) => ask(`POST ${path}`, body, reply),
    abandon: () => undefined,
    delete: (path, reply, of) => ask(`DELETE ${path}`, undefined, reply, of),
  }
}

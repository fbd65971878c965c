import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as v from 'valibot'
import { AppError } from '#shared/errors.ts'
import { Uuid } from '#shared/ids.ts'
import { LoginBody, RegisterBody, type AccountView } from '#shared/protocol/accounts.ts'
import { parseBody, parseParams } from '#server/platform/http/parseRequest.ts'
import { addressKey } from '#server/platform/limits/addressKey.ts'
import type { AccountService } from './accountService.ts'
import type { RequestSessions, SignedIn } from './requestSessions.ts'
import type { SessionCookie } from './sessionCookie.ts'
import type { SessionService } from './sessionService.ts'

export interface AccountRoutesOptions {
  accounts: AccountService
  sessions: SessionService
  requests: RequestSessions
  cookie: SessionCookie
  now: () => number
  accountOf: (userId: string) => Promise<AccountView | null>
}

const Params = v.object({ id: Uuid })

/** POST /api/accounts; POST, GET, DELETE /api/session; GET /api/sessions, DELETE /api/sessions/:id. */
export function addAccountRoutes(http: FastifyInstance, options: AccountRoutesOptions): void {
  const { accounts, sessions, requests, cookie, now, accountOf } = options

  const keepCookie = (request: FastifyRequest, { token, session }: SignedIn): string =>
    cookie.keep(request.raw, token, session.expiresAt - now())

  /** A new token at each login; the one that the browser had ends (ASVS 7.2.4). */
  async function enter(request: FastifyRequest, reply: FastifyReply, account: AccountView) {
    const previous = await requests.find(request.raw)
    const started = await sessions.start(account.id, request.headers['user-agent'] ?? '')
    if (previous !== null) await sessions.end(previous.session.sessionId)
    reply.header('set-cookie', keepCookie(request, started))
    return account
  }

  http.post('/api/accounts', async (request, reply) => {
    const account = await accounts.register(
      parseBody(RegisterBody, request),
      addressKey(request.ip),
    )
    reply.status(201)
    return enter(request, reply, account)
  })

  http.post('/api/session', async (request, reply) => {
    const account = await accounts.login(parseBody(LoginBody, request), addressKey(request.ip))
    return enter(request, reply, account)
  })

  http.get('/api/session', async (request, reply) => {
    const current = await requests.require(request.raw)
    const account = await accountOf(current.session.userId)
    if (account === null) throw new AppError('auth/signed-out')
    reply.header('set-cookie', keepCookie(request, current))
    return account
  })

  http.delete('/api/session', async (request, reply) => {
    const current = await requests.findOwn(request.raw)
    const hasEnded = current !== null && (await sessions.end(current.session.sessionId))
    // If another request was faster, the browser may hold the cookie of a newer session by now.
    if (hasEnded) reply.header('set-cookie', cookie.drop(request.raw))
    return {}
  })

  addSessionRoutes(http, options)
}

/** The sessions of whoever asks [S7]. */
function addSessionRoutes(
  http: FastifyInstance,
  { sessions, requests }: Pick<AccountRoutesOptions, 'sessions' | 'requests'>,
): void {
  http.get('/api/sessions', async (request) => ({
    sessions: await sessions.list((await requests.require(request.raw)).session),
  }))

  http.delete('/api/sessions/:id', async (request) => {
    const { id } = parseParams(Params, request)
    const { session } = await requests.require(request.raw)
    await sessions.endOf(session, id)
    return {}
  })
}

import type { IncomingMessage } from 'node:http'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { UserId } from '#shared/ids.ts'
import type { AccountView, UserView } from '#shared/protocol/accounts.ts'
import type { Bus } from '#server/platform/bus/bus.ts'
import type { Database } from '#server/platform/database/database.ts'
import type { OriginPolicy } from '#server/platform/http/origin.ts'
import type { Limits } from '#server/platform/limits/limits.ts'
import { createAccountService } from './accountService.ts'
import { createLoginThrottle } from './loginThrottle.ts'
import type { PasswordHasher } from './passwordHasher.ts'
import { createRequestSessions } from './requestSessions.ts'
import { addAccountRoutes } from './routes.ts'
import { createSessionCookie } from './sessionCookie.ts'
import { createSessionService, type Session } from './sessionService.ts'
import { findUser, findUserByMobile } from './userRepository.ts'

export type { Session } from './sessionService.ts'
export { createPasswordHasher, type PasswordCost, type PasswordHasher } from './passwordHasher.ts'
export { hasNoUsers, insertUser, lockUsers } from './userRepository.ts'

/** What other rooms may ask of accounts. */
export interface Accounts {
  /** The session that a request's cookie stands for, renewed by this use, or null. */
  authenticate: (request: IncomingMessage) => Promise<Session | null>
  /** The same for a route. @throws AppError `auth/signed-out`, `auth/other-account` */
  requireSession: (request: FastifyRequest) => Promise<Session>
  /** What others see of a user, or null. */
  userView: (userId: UserId) => Promise<UserView | null>
  /** What others see of who has exactly this number, or null. */
  userByMobile: (mobile: string) => Promise<UserView | null>
}

export interface AccountsOptions {
  http: FastifyInstance
  db: Database
  bus: Bus
  now: () => number
  origins: OriginPolicy
  hasher: PasswordHasher
  limits: Limits
}

const toUserView = (account: AccountView | null): UserView | null =>
  account === null ? null : { id: account.id, nickname: account.nickname }

/** Build the room and put its routes on. */
export function createAccounts(options: AccountsOptions): Accounts {
  const { http, db, now, limits } = options
  const cookie = createSessionCookie(options.origins)
  const sessions = createSessionService(options)
  const accounts = createAccountService({
    ...options,
    throttle: createLoginThrottle(limits.wrongPasswords),
    registrations: limits.registrations,
  })
  const requests = createRequestSessions({ cookie, sessions })
  const accountOf = (id: UserId): Promise<AccountView | null> => findUser(db, id)
  addAccountRoutes(http, { accounts, sessions, requests, cookie, now, accountOf })

  return {
    authenticate: async (request) => (await requests.find(request))?.session ?? null,
    requireSession: async (request) => (await requests.require(request.raw)).session,
    userView: async (id) => toUserView(await findUser(db, id)),
    userByMobile: async (mobile) => toUserView(await findUserByMobile(db, mobile)),
  }
}

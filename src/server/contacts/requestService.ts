import { AppError } from '#shared/errors.ts'
import type { UserId } from '#shared/ids.ts'
import type { ContactRequestView, RequestContactBody } from '#shared/protocol/contacts.ts'
import type { Bus } from '#server/platform/bus/bus.ts'
import { inTransaction, type Database } from '#server/platform/database/database.ts'
import type { Limiter } from '#server/platform/limits/limiter.ts'
import type { Accounts } from '#server/accounts/index.ts'
import type { Chat } from '#server/chat/index.ts'
import { listRequests, type StoredRequest } from './requestRepository.ts'
import { accept, ask, ignore, type Step } from './requestSteps.ts'
import { viewRequest } from './requestView.ts'

export interface RequestServiceOptions {
  db: Database
  bus: Bus
  now: () => number
  accounts: Accounts
  chat: Chat
  requests: Limiter
}

export interface RequestService {
  list(userId: UserId): Promise<ContactRequestView[]>
  /**
   * Ask somebody to be a contact; when they have asked already, they are one now.
   * @throws AppError `request/not-found` (nobody has the id), `request/conflict` (is a contact
   *   already, or oneself), `request/rate-limited`
   */
  ask(userId: UserId, body: RequestContactBody): Promise<ContactRequestView>
  /** @throws AppError `request/not-found` (not one's to answer), `request/conflict` (expired) */
  accept(userId: UserId, id: string): Promise<ContactRequestView>
  /** @throws AppError as `accept`, and `request/conflict` when it was accepted */
  ignore(userId: UserId, id: string): Promise<ContactRequestView>
}

/** Asking, accepting, ignoring: the steps in a transaction, then the pushes. */
export function createRequestService(options: RequestServiceOptions): RequestService {
  const { db, bus, now, accounts, chat, requests } = options

  const inStep = <T>(run: (step: Step) => Promise<T>): Promise<T> =>
    inTransaction(db, (trx) => run({ trx, chat, now: now() }))

  const viewFor = (userId: UserId, request: StoredRequest): ContactRequestView =>
    viewRequest(request, userId, now())

  function announceContacts({ from, to }: StoredRequest): void {
    bus.publish(from.id, { type: 'contacts.changed', body: {} })
    bus.publish(to.id, { type: 'contacts.changed', body: {} })
  }

  function announceRequest(request: StoredRequest): void {
    const body = { request: viewFor(request.to.id, request) }
    bus.publish(request.to.id, { type: 'contacts.requested', body })
  }

  return {
    async list(userId) {
      const stored = await listRequests(db, userId)
      return stored.map((request) => viewFor(userId, request))
    },

    async ask(userId, body) {
      await requests.take(userId)
      if (userId === body.userId) throw new AppError('request/conflict')
      if ((await accounts.userView(body.userId)) === null) throw new AppError('request/not-found')
      const { request, outcome } = await inStep((step) => ask(step, userId, body))
      if (outcome === 'accepted') announceContacts(request)
      if (outcome === 'asked') announceRequest(request)
      return viewFor(userId, request)
    },

    async accept(userId, id) {
      const request = await inStep((step) => accept(step, userId, id))
      announceContacts(request)
      return viewFor(userId, request)
    },

    async ignore(userId, id) {
      const request = await inStep((step) => ignore(step, userId, id))
      return viewFor(userId, request)
    },
  }
}

import { AppError } from '#shared/errors.ts'
import type { UserId } from '#shared/ids.ts'
import type { ContactRequestView, RequestContactBody } from '#shared/protocol/contacts.ts'
import { inTransaction, type Database } from '#server/platform/database/database.ts'
import type { Limiter } from '#server/platform/limits/limiter.ts'
import type { Accounts } from '#server/accounts/index.ts'
import type { Chat } from '#server/chat/index.ts'
import type { Feed, FeedDraft } from '#server/feed/index.ts'
import { listRequests, type StoredRequest } from './requestRepository.ts'
import { accept, ask, ignore, type Step } from './requestSteps.ts'
import { viewRequest } from './requestView.ts'

export interface RequestServiceOptions {
  db: Database
  now: () => number
  accounts: Accounts
  feed: Feed
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

/** Asking, accepting, ignoring: each step in a transaction with what the two are told of it. */
export function createRequestService(options: RequestServiceOptions): RequestService {
  const { db, now, accounts, feed, chat, requests } = options

  async function inStep<T>(run: (step: Step) => Promise<T>): Promise<T> {
    const [result, deliveries] = await inTransaction(db, async (trx) => {
      const drafts: FeedDraft[] = []
      const outcome = await run({ trx, chat, now: now(), tell: (...more) => drafts.push(...more) })
      return [outcome, await feed.record(trx, drafts)] as const
    })
    feed.announce(deliveries)
    return result
  }

  const viewFor = (userId: UserId, request: StoredRequest): ContactRequestView =>
    viewRequest(request, userId, now())

  return {
    async list(userId) {
      const stored = await listRequests(db, userId)
      return stored.map((request) => viewFor(userId, request))
    },

    async ask(userId, body) {
      await requests.take(userId)
      if (userId === body.userId) throw new AppError('request/conflict')
      if ((await accounts.userView(body.userId)) === null) throw new AppError('request/not-found')
      return viewFor(userId, await inStep((step) => ask(step, userId, body)))
    },

    async accept(userId, id) {
      return viewFor(userId, await inStep((step) => accept(step, userId, id)))
    },

    async ignore(userId, id) {
      return viewFor(userId, await inStep((step) => ignore(step, userId, id)))
    },
  }
}

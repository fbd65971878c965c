import type { FastifyInstance } from 'fastify'
import type { UserId } from '#shared/ids.ts'
import type { Database } from '#server/platform/database/database.ts'
import type { Limits } from '#server/platform/limits/limits.ts'
import type { Accounts } from '#server/accounts/index.ts'
import type { Chat } from '#server/chat/index.ts'
import type { Feed } from '#server/feed/index.ts'
import { refusalOf } from './contactRepository.ts'
import { createContactService } from './contactService.ts'
import { createRequestService } from './requestService.ts'
import { addContactRoutes } from './routes.ts'

export { apartFrom, contactsAmong, insertContacts, refusalOf } from './contactRepository.ts'

/** What other rooms may ask of contacts. */
export interface Contacts {
  /** Why somebody can't reach another person; null: they can. */
  refusal: (fromId: UserId, toId: UserId) => ReturnType<typeof refusalOf>
}

export interface ContactsOptions {
  http: FastifyInstance
  db: Database
  now: () => number
  accounts: Accounts
  feed: Feed
  chat: Chat
  limits: Limits
  /** One of two has blocked the other one, or does so no more. */
  onReachChanged: (userId: UserId, otherId: UserId) => void
}

/** Build the room and put its routes on. */
export function createContacts(options: ContactsOptions): Contacts {
  const { http, db, accounts, limits } = options
  addContactRoutes(http, {
    contacts: createContactService({ ...options, searches: limits.searches }),
    requests: createRequestService({ ...options, requests: limits.contactRequests }),
    requireSession: accounts.requireSession,
  })
  return { refusal: (fromId, toId) => refusalOf(db, fromId, toId) }
}

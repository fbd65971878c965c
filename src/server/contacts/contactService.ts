import { AppError } from '#shared/errors.ts'
import type { UserId } from '#shared/ids.ts'
import type { ContactView, FoundUser, Relation } from '#shared/protocol/contacts.ts'
import { inTransaction, type Database } from '#server/platform/database/database.ts'
import type { Limiter } from '#server/platform/limits/limiter.ts'
import { lockUsers, type Accounts } from '#server/accounts/index.ts'
import { lockConversations } from '#server/chat/index.ts'
import type { Feed } from '#server/feed/index.ts'
import {
  findContact,
  isContact,
  listContacts,
  setBlocked,
  type StoredContact,
} from './contactRepository.ts'
import { pinyinOf } from './pinyin.ts'
import { findRequest } from './requestRepository.ts'
import { isOpen } from './requestView.ts'

export interface ContactServiceOptions {
  db: Database
  now: () => number
  accounts: Accounts
  feed: Feed
  searches: Limiter
  /** Two can reach each other no more, or again. */
  onReachChanged: (userId: UserId, otherId: UserId) => void
}

export interface ContactService {
  /** Sorted as a phone book is: by pinyin. */
  list(userId: UserId): Promise<ContactView[]>
  /** @throws AppError `request/not-found`, `request/rate-limited` */
  find(userId: UserId, mobile: string): Promise<FoundUser>
  /**
   * Hear nothing more of a contact, who can hear nothing more of the user either, or do so again.
   * Said again it is the same, and no device hears of it twice.
   * @throws AppError `request/not-found`
   */
  block(userId: UserId, contactId: UserId, isBlocked: boolean): Promise<ContactView>
}

const byPinyin = (a: ContactView, b: ContactView): number =>
  a.pinyin.localeCompare(b.pinyin, 'en') || a.nickname.localeCompare(b.nickname, 'zh')

/** A contact as who has it sees it. */
export const viewContact = (contact: StoredContact): ContactView => ({
  ...contact,
  pinyin: pinyinOf(contact.nickname),
})

/** Who knows whom. */
export function createContactService(options: ContactServiceOptions): ContactService {
  const { db, now, accounts, feed, searches } = options

  async function isAsked(fromId: UserId, toId: UserId): Promise<boolean> {
    const request = await findRequest(db, fromId, toId)
    return request !== null && isOpen(request, now())
  }

  async function relationOf(userId: UserId, otherId: UserId): Promise<Relation> {
    if (userId === otherId) return 'self'
    if (await isContact(db, userId, otherId)) return 'contact'
    if (await isAsked(otherId, userId)) return 'received'
    return (await isAsked(userId, otherId)) ? 'requested' : 'stranger'
  }

  return {
    async list(userId) {
      const contacts = await listContacts(db, userId)
      return contacts.map(viewContact).sort(byPinyin)
    },

    async find(userId, mobile) {
      await searches.take(userId)
      const user = await accounts.userByMobile(mobile)
      if (user === null) throw new AppError('request/not-found')
      return { user, relation: await relationOf(userId, user.id) }
    },

    async block(userId, contactId, isBlocked) {
      const [contact, deliveries] = await inTransaction(db, async (trx) => {
        await lockUsers(trx, [userId])
        const before = await findContact(trx, userId, contactId)
        if (before === null) throw new AppError('request/not-found')
        const after = viewContact({ ...before, isBlocked })
        if (before.isBlocked === isBlocked) return [after, []] as const
        // What is being said between the two is said before, or not at all [S17].
        await lockConversations(trx, [before.conversationId])
        await setBlocked(trx, { userId, contactId, isBlocked })
        const draft = { userId, entry: { kind: 'contact' as const, contact: after } }
        return [after, await feed.record(trx, [draft])] as const
      })
      feed.announce(deliveries)
      if (deliveries.length > 0) options.onReachChanged(userId, contactId)
      return contact
    },
  }
}

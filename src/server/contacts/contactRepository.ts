import type { ConversationId, UserId } from '#shared/ids.ts'
import type { Database } from '#server/platform/database/database.ts'

/** Somebody's contact as the tables tell it. */
export interface StoredContact {
  id: UserId
  nickname: string
  mobile: string
  conversationId: ConversationId
}

function selectContacts(db: Database, userId: UserId) {
  return db
    .selectFrom('contacts')
    .innerJoin('users', 'users.id', 'contacts.contact_id')
    .select([
      'users.id',
      'users.nickname',
      'users.mobile',
      'contacts.conversation_id as conversationId',
    ])
    .where('contacts.user_id', '=', userId)
}

/** Somebody's contacts, in no order. */
export function listContacts(db: Database, userId: UserId): Promise<StoredContact[]> {
  return selectContacts(db, userId).execute()
}

/** One contact of somebody. @throws Error when they are none */
export function getContact(
  db: Database,
  userId: UserId,
  contactId: UserId,
): Promise<StoredContact> {
  return selectContacts(db, userId).where('contact_id', '=', contactId).executeTakeFirstOrThrow()
}

/** Whether `userId` has `contactId` among the contacts; it is mutual. */
export async function isContact(db: Database, userId: UserId, contactId: UserId): Promise<boolean> {
  const row = await db
    .selectFrom('contacts')
    .select('user_id')
    .where('user_id', '=', userId)
    .where('contact_id', '=', contactId)
    .executeTakeFirst()
  return row !== undefined
}

/** Of these people those who are contacts of somebody's. */
export async function contactsAmong(
  db: Database,
  userId: UserId,
  others: readonly UserId[],
): Promise<UserId[]> {
  if (others.length === 0) return []
  const rows = await db
    .selectFrom('contacts')
    .select('contact_id')
    .where('user_id', '=', userId)
    .where('contact_id', 'in', others)
    .execute()
  return rows.map(({ contact_id: id }) => id)
}

export interface NewContacts {
  pair: readonly [UserId, UserId]
  conversationId: ConversationId
  createdAt: number
}

/** Make two people contacts of each other, if they are not. Run it in a transaction. */
export async function insertContacts(trx: Database, contacts: NewContacts): Promise<void> {
  const [one, other] = contacts.pair
  const both = { conversation_id: contacts.conversationId, created_at: contacts.createdAt }
  await trx
    .insertInto('contacts')
    .values([
      { user_id: one, contact_id: other, ...both },
      { user_id: other, contact_id: one, ...both },
    ])
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

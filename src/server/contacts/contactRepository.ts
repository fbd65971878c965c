import type { ConversationId, UserId } from '#shared/ids.ts'
import type { Database } from '#server/platform/database/database.ts'
import { prepared } from '#server/platform/database/prepared.ts'

/** Somebody's contact as the tables tell it. */
export interface StoredContact {
  id: UserId
  nickname: string
  mobile: string
  conversationId: ConversationId
  isBlocked: boolean
}

async function findContacts(
  db: Database,
  userId: UserId,
  contactId?: UserId,
): Promise<StoredContact[]> {
  const contacts = selectContacts(db, userId)
  const rows = await (
    contactId === undefined ? contacts : contacts.where('contact_id', '=', contactId)
  ).execute()
  return rows.map(({ blocked, ...contact }) => ({ ...contact, isBlocked: blocked === 1 }))
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
      'contacts.blocked',
    ])
    .where('contacts.user_id', '=', userId)
}

/** Somebody's contacts, in no order. */
export function listContacts(db: Database, userId: UserId): Promise<StoredContact[]> {
  return findContacts(db, userId)
}

/** One contact of somebody; null when they are none. */
export async function findContact(
  db: Database,
  userId: UserId,
  contactId: UserId,
): Promise<StoredContact | null> {
  const [contact = null] = await findContacts(db, userId, contactId)
  return contact
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

/** Block a contact, or do so no more. */
export async function setBlocked(
  trx: Database,
  { userId, contactId, isBlocked }: { userId: UserId; contactId: UserId; isBlocked: boolean },
): Promise<void> {
  await trx
    .updateTable('contacts')
    .set({ blocked: isBlocked ? 1 : 0 })
    .where('user_id', '=', userId)
    .where('contact_id', '=', contactId)
    .execute()
}

const contactsBetween = prepared((db, { fromId, toId }: { fromId: UserId; toId: UserId }) =>
  db
    .selectFrom('contacts')
    .select(['user_id', 'blocked'])
    .where((where) =>
      where.or([
        where.and({ user_id: fromId, contact_id: toId }),
        where.and({ user_id: toId, contact_id: fromId }),
      ]),
    ),
)

/**
 * Why somebody can't reach another person: they are no contacts, or the other one has blocked them.
 * Who has blocked the other one is forbidden to, as a stranger is. Null: they can.
 */
export async function refusalOf(
  db: Database,
  fromId: UserId,
  toId: UserId,
): Promise<'request/forbidden' | 'request/blocked' | null> {
  const rows = await contactsBetween(db, { fromId, toId })
  const [mine, theirs] = [fromId, toId].map((id) => rows.find((row) => row.user_id === id))
  if (mine?.blocked !== 0 || theirs === undefined) return 'request/forbidden'
  return theirs.blocked === 1 ? 'request/blocked' : null
}

/** Whom somebody has blocked, and who has blocked them. */
export async function apartFrom(db: Database, userId: UserId): Promise<UserId[]> {
  const rows = await db
    .selectFrom('contacts')
    .select(['user_id', 'contact_id'])
    .where('blocked', '=', 1)
    .where((where) => where.or({ user_id: userId, contact_id: userId }))
    .execute()
  return rows.map((row) => (row.user_id === userId ? row.contact_id : row.user_id))
}

/** Of these people the contacts of somebody's, but for those between whom and them one is blocked. */
export async function contactsAmong(
  db: Database,
  userId: UserId,
  others: readonly UserId[],
): Promise<UserId[]> {
  if (others.length === 0) return []
  const rows = await db
    .selectFrom('contacts as mine')
    .innerJoin('contacts as theirs', (join) =>
      join
        .onRef('theirs.user_id', '=', 'mine.contact_id')
        .onRef('theirs.contact_id', '=', 'mine.user_id'),
    )
    .select('mine.contact_id as id')
    .where('mine.user_id', '=', userId)
    .where('mine.contact_id', 'in', others)
    .where('mine.blocked', '=', 0)
    .where('theirs.blocked', '=', 0)
    .execute()
  return rows.map(({ id }) => id)
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

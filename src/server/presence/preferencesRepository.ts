import type { UserId } from '#shared/ids.ts'
import type { Preferences } from '#shared/protocol/presence.ts'
import type { Database } from '#server/platform/database/database.ts'
import { apartFrom } from '#server/contacts/index.ts'

const COLUMNS = ['shows_typing', 'shows_presence', 'shows_reading'] as const

/** What somebody lets others know: everything, where they have never said. */
export async function findPreferences(db: Database, userId: UserId): Promise<Preferences> {
  const row = await db
    .selectFrom('preferences')
    .select(COLUMNS)
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return {
    showsTyping: row?.shows_typing !== 0,
    showsPresence: row?.shows_presence !== 0,
    showsReading: row?.shows_reading !== 0,
  }
}

export async function savePreferences(
  trx: Database,
  userId: UserId,
  preferences: Preferences,
): Promise<void> {
  const values = {
    shows_typing: toFlag(preferences.showsTyping),
    shows_presence: toFlag(preferences.showsPresence),
    shows_reading: toFlag(preferences.showsReading),
  }
  await trx
    .insertInto('preferences')
    .values({ user_id: userId, ...values })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet(values))
    .execute()
}

/** Of these users those who let others know that they write, and are not kept from somebody. */
export async function typingTellers(
  db: Database,
  userId: UserId,
  userIds: readonly UserId[],
): Promise<UserId[]> {
  if (userIds.length === 0) return []
  const rows = await db
    .selectFrom('preferences')
    .select('user_id')
    .where('user_id', 'in', userIds)
    .where('shows_typing', '=', 0)
    .execute()
  const silent = new Set([...rows.map((row) => row.user_id), ...(await apartFrom(db, userId))])
  return userIds.filter((other) => !silent.has(other))
}

/**
 * Somebody's contacts who let others know that they are here, and when they were last; nobody who is
 * blocked, or has blocked them [S17].
 */
export async function presenceTellers(
  db: Database,
  userId: UserId,
): Promise<{ userId: UserId; lastSeenAt: number | null }[]> {
  const apart = new Set(await apartFrom(db, userId))
  const contacts = await db
    .selectFrom('contacts')
    .innerJoin('users', 'users.id', 'contacts.contact_id')
    .leftJoin('preferences', 'preferences.user_id', 'contacts.contact_id')
    .select(['users.id as userId', 'users.last_seen_at as lastSeenAt'])
    .where('contacts.user_id', '=', userId)
    .where((where) =>
      where.or([where('shows_presence', 'is', null), where('shows_presence', '=', 1)]),
    )
    .execute()
  return contacts.filter((contact) => !apart.has(contact.userId))
}

/** When somebody was last here, in ms UTC. */
export async function saveLastSeen(db: Database, userId: UserId, at: number): Promise<void> {
  await db.updateTable('users').set({ last_seen_at: at }).where('id', '=', userId).execute()
}

const toFlag = (isOn: boolean): 0 | 1 => (isOn ? 1 : 0)

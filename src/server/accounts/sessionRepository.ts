import type { UserId } from '#shared/ids.ts'
import type { Database } from '#server/platform/database/database.ts'

export interface StoredSession {
  id: string
  userId: UserId
  createdAt: number
  renewedAt: number
  expiresAt: number
}

/** Keep a session under the hash of its token. */
export async function insertSession(
  db: Database,
  session: StoredSession & { agent: string },
  tokenHash: string,
): Promise<void> {
  await db
    .insertInto('sessions')
    .values({
      id: session.id,
      user_id: session.userId,
      token_hash: tokenHash,
      created_at: session.createdAt,
      renewed_at: session.renewedAt,
      expires_at: session.expiresAt,
      agent: session.agent,
    })
    .execute()
}

/** Somebody's sessions that have not run out, the one that was used last first. */
export async function listSessions(
  db: Database,
  userId: UserId,
  now: number,
): Promise<{ id: string; agent: string; createdAt: number; usedAt: number }[]> {
  return db
    .selectFrom('sessions')
    .select(['id', 'agent', 'created_at as createdAt', 'renewed_at as usedAt'])
    .where('user_id', '=', userId)
    .where('expires_at', '>', now)
    .orderBy('renewed_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

/** The session of a token, expired or not, or null. */
export async function findSession(db: Database, tokenHash: string): Promise<StoredSession | null> {
  const row = await db
    .selectFrom('sessions')
    .select([
      'id',
      'user_id as userId',
      'created_at as createdAt',
      'renewed_at as renewedAt',
      'expires_at as expiresAt',
    ])
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst()
  return row ?? null
}

/** Push the expiry out. */
export async function renewSession(db: Database, session: StoredSession): Promise<void> {
  await db
    .updateTable('sessions')
    .set({ renewed_at: session.renewedAt, expires_at: session.expiresAt })
    .where('id', '=', session.id)
    .execute()
}

/** End a session of somebody's. @returns false when it is none of theirs */
export async function deleteSessionOf(db: Database, userId: UserId, id: string): Promise<boolean> {
  const row = await db
    .deleteFrom('sessions')
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** End a session. @returns whether it was there */
export async function deleteSession(db: Database, id: string): Promise<boolean> {
  const row = await db
    .deleteFrom('sessions')
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Forget the sessions that have run out. */
export async function deleteExpiredSessions(db: Database, now: number): Promise<void> {
  await db.deleteFrom('sessions').where('expires_at', '<=', now).execute()
}

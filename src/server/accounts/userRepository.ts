import type { AccountView } from '#shared/protocol/accounts.ts'
import type { UserId } from '#shared/ids.ts'
import type { Database } from '#server/platform/database/database.ts'
import { lockRows } from '#server/platform/database/locks.ts'

/** What only this room may see of a user. */
export interface Credentials {
  account: AccountView
  passwordHash: string
}

export interface NewUser extends AccountView {
  passwordHash: string
  createdAt: number
}

/** Hold people, for what is decided between them or about what they have chosen. */
export const lockUsers = (trx: Database, ids: readonly UserId[]): Promise<void> =>
  lockRows(trx, 'users', ids)

/** @returns false when the mobile number belongs to somebody already */
export async function insertUser(db: Database, user: NewUser): Promise<boolean> {
  const inserted = await db
    .insertInto('users')
    .values({
      id: user.id,
      mobile: user.mobile,
      nickname: user.nickname,
      password_hash: user.passwordHash,
      created_at: user.createdAt,
    })
    .onConflict((conflict) => conflict.column('mobile').doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted !== undefined
}

/** The account of an id, or null. */
export async function findUser(db: Database, id: UserId): Promise<AccountView | null> {
  const row = await db
    .selectFrom('users')
    .select(['id', 'mobile', 'nickname'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row ?? null
}

/** The account of an exact number, or null. */
export async function findUserByMobile(db: Database, mobile: string): Promise<AccountView | null> {
  const found = await findCredentials(db, mobile)
  return found?.account ?? null
}

/** The account of an exact number with its password's hash, or null. */
export async function findCredentials(db: Database, mobile: string): Promise<Credentials | null> {
  const row = await db
    .selectFrom('users')
    .select(['id', 'mobile', 'nickname', 'password_hash'])
    .where('mobile', '=', mobile)
    .executeTakeFirst()
  if (row === undefined) return null
  const { password_hash: passwordHash, ...account } = row
  return { account, passwordHash }
}

/** Keep another hash of a password, unless somebody has changed it meanwhile. */
export async function replaceHash(
  db: Database,
  id: UserId,
  { from, to }: { from: string; to: string },
): Promise<void> {
  await db
    .updateTable('users')
    .set({ password_hash: to })
    .where('id', '=', id)
    .where('password_hash', '=', from)
    .execute()
}

/** Whether nobody has registered yet. */
export async function hasNoUsers(db: Database): Promise<boolean> {
  const row = await db.selectFrom('users').select('id').limit(1).executeTakeFirst()
  return row === undefined
}

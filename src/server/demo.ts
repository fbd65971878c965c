import { uuidv7 } from 'uuidv7'
import { hasNoUsers, insertUser, type PasswordHasher } from '#server/accounts/index.ts'
import type { Chat } from '#server/chat/index.ts'
import { insertContacts } from '#server/contacts/index.ts'
import { inTransaction, type Database } from '#server/platform/database/database.ts'

const NICKNAMES = ['安然', '白露', '陈晨', '丁宁', '方圆', '谷雨', '何夕', '江月', '林深', '沐阳']
const FIRST_MOBILE = 13_006_789_001

/** Of every demo account; common and short, which only these may be. */
export const DEMO_PASSWORD = '123456'

/** Who can log in right after the first start. */
export const DEMO_ACCOUNTS = NICKNAMES.map((nickname, index) => ({
  mobile: String(FIRST_MOBILE + index),
  nickname,
}))

export interface DemoOptions {
  db: Database
  chat: Chat
  hasher: PasswordHasher
  now: () => number
}

/**
 * Make the demo accounts, all contacts of one another, in an empty database.
 * @returns false when somebody is there already
 */
export async function createDemoAccounts({ db, chat, hasher, now }: DemoOptions): Promise<boolean> {
  if (!(await hasNoUsers(db))) return false
  const createdAt = now()
  const users = await Promise.all(
    DEMO_ACCOUNTS.map(async (account) => ({
      ...account,
      id: uuidv7(),
      passwordHash: await hasher.hash(DEMO_PASSWORD),
      createdAt,
    })),
  )
  return inTransaction(db, async (trx) => {
    // Another server, which began at the same time, may be faster.
    for (const user of users) if (!(await insertUser(trx, user))) return false
    for (const pair of pairsOf(users.map(({ id }) => id))) {
      const conversationId = await chat.openPrivate(trx, pair, createdAt)
      await insertContacts(trx, { pair, conversationId, createdAt })
    }
    return true
  })
}

function pairsOf(ids: readonly string[]): (readonly [string, string])[] {
  return ids.flatMap((one, index) => ids.slice(index + 1).map((other) => [one, other] as const))
}

import { sql, type RawBuilder } from 'kysely'
import type { ConversationId, UserId } from '#shared/ids.ts'
import type { Database } from '#server/platform/database/database.ts'
import type { PresentMember } from './memberRepository.ts'

/** How many messages ask for attention after one seq, up to another. */
export interface Unread {
  readonly readSeq: number
  readonly lastSeq: number
  readonly count: number
}

/** What is further back is not counted: nobody has to know whether it is 1,000 or a million. */
const UNREAD_MAX = 1_000

/**
 * After this seq messages are counted.
 * @param read the column of what was read, and of the last one
 */
export const countedAfter = (read: string, last: string): RawBuilder<number> => {
  const [from, oldest] = [sql.ref(read), sql`${sql.ref(last)} - ${sql.lit(UNREAD_MAX)}`]
  return sql<number>`CASE WHEN ${from} > ${oldest} THEN ${from} ELSE ${oldest} END`
}

/** What is unread for each of them: the newest messages are looked at once for all. */
export async function findUnreadOf(
  trx: Database,
  id: ConversationId,
  members: readonly PresentMember[],
): Promise<ReadonlyMap<UserId, Unread>> {
  const { lastSeq } = await trx
    .selectFrom('conversations')
    .select('last_seq as lastSeq')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const rows = await trx
    .selectFrom('messages')
    .select(['seq', 'sender_id as senderId'])
    .where('conversation_id', '=', id)
    .where('seq', '>', lastSeq - UNREAD_MAX)
    .where('attention', '=', 1)
    .execute()
  const bySender = Map.groupBy(rows, ({ senderId }) => senderId)
  const countAfter = (seqs: readonly { seq: number }[], readSeq: number): number =>
    seqs.reduce((count, { seq }) => count + Number(seq > readSeq), 0)
  // Most have read as far as others.
  const all = new Map<number, number>()
  return new Map(
    members.map(({ userId, readSeq }) => {
      const total = all.get(readSeq) ?? countAfter(rows, readSeq)
      all.set(readSeq, total)
      const own = countAfter(bySender.get(userId) ?? [], readSeq)
      return [userId, { readSeq, lastSeq, count: total - own }]
    }),
  )
}

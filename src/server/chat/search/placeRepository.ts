import type { ConversationId, UserId } from '#shared/ids.ts'
import type { Database } from '#server/platform/database/database.ts'
import { prepared } from '#server/platform/database/prepared.ts'

/** A conversation in which somebody looks for something. */
export interface Place {
  readonly id: ConversationId
  /** What they may read of it comes after this seq. */
  readonly after: number
  /** The last one that they may read. */
  readonly upTo: number
  /** Up to here its messages are in the index. */
  readonly indexed: number
  /** ms UTC, of the last one. */
  readonly lastAt: number
}

/** Where somebody may read something [CH4]. @param id only there; null: everywhere */
export function findPlaces(
  db: Database,
  viewer: UserId,
  id: ConversationId | null,
): Promise<Place[]> {
  return db
    .selectFrom('members')
    .innerJoin('conversations', 'conversations.id', 'members.conversation_id')
    .innerJoin('messages', (join) =>
      join
        .onRef('messages.conversation_id', '=', 'members.conversation_id')
        .on((on) =>
          on('messages.seq', '=', on.fn.coalesce('members.left_seq', 'conversations.last_seq')),
        ),
    )
    .select([
      'conversations.id',
      'members.cleared_seq as after',
      'messages.seq as upTo',
      'conversations.indexed_seq as indexed',
      'messages.created_at as lastAt',
    ])
    .where('members.user_id', '=', viewer)
    .whereRef('members.cleared_seq', '<', 'messages.seq')
    .$if(id !== null, (places) => places.where('members.conversation_id', '=', id ?? ''))
    .orderBy('conversations.id')
    .execute()
}

const timeFound = prepared((db, { id, seq }: { id: ConversationId; seq: number }) =>
  db
    .selectFrom('messages')
    .select('created_at as at')
    .where('conversation_id', '=', id)
    .where('seq', '=', seq),
)

/** When a message was written, ms UTC; null: there is none. */
export async function timeOf(
  db: Database,
  id: ConversationId,
  seq: number,
): Promise<number | null> {
  const [row] = await timeFound(db, { id, seq })
  return row?.at ?? null
}

/** The last message that was written up to a time, by halving; `after` where there is none. */
export async function seqAt(
  db: Database,
  { id, after, upTo }: Pick<Place, 'id' | 'after' | 'upTo'>,
  at: number,
): Promise<number> {
  let [low, high] = [after, upTo]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (((await timeOf(db, id, middle)) ?? 0) <= at) low = middle
    else high = middle - 1
  }
  return low
}

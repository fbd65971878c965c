import type { Expression, ExpressionBuilder, SqlBool } from 'kysely'
import type { ConversationId, UserId } from '#shared/ids.ts'
import type { Database } from '#server/platform/database/database.ts'
import type { Schema } from '#server/platform/database/schema.ts'
import type { Condition } from './terms.ts'

export interface SearchQuery {
  reader: UserId
  conditions: readonly Condition[]
  /** Null: in all. */
  conversationId: ConversationId | null
  /** Null: any. */
  kind: 'text' | 'call' | null
  /** Has an address in it. */
  hasLink: boolean
  /** ms UTC: not before the one, and before the other; null: whenever. */
  from: number | null
  until: number | null
  skip: number
  count: number
}

type Row = ExpressionBuilder<Schema, 'members' | 'messages'>

/** The seqs of the conversation at hand under a term, or under those that begin so. */
function seqsUnder(row: Row, condition: Condition) {
  const terms = row
    .selectFrom('message_terms')
    .select('message_terms.seq')
    .whereRef('message_terms.conversation_id', '=', 'members.conversation_id')
  if (condition.kind === 'term') return terms.where('term', '=', condition.term)
  const { prefix } = condition
  return terms.where('term', '>=', prefix).where('term', '<', `${prefix}\u{10ffff}`)
}

/** Many terms begin alike and are gone through once; a whole term is looked up for each message. */
const meets = (row: Row, condition: Condition): Expression<SqlBool> =>
  condition.kind === 'prefix'
    ? row('messages.seq', 'in', seqsUnder(row, condition))
    : row.exists(seqsUnder(row, condition).whereRef('message_terms.seq', '=', 'messages.seq'))

/** Not deleted by them, not from before they came in, nor from after they had left. */
function isReadableBy(row: Row, reader: UserId): Expression<SqlBool> {
  const deletions = row
    .selectFrom('message_deletions')
    .select('message_deletions.message_id')
    .whereRef('message_deletions.message_id', '=', 'messages.id')
    .where('message_deletions.user_id', '=', reader)
  return row.and([
    row('members.user_id', '=', reader),
    row('messages.seq', '>', row.ref('members.cleared_seq')),
    row.or([
      row('members.left_seq', 'is', null),
      row('messages.seq', '<=', row.ref('members.left_seq')),
    ]),
    row.not(row.exists(deletions)),
  ])
}

interface Hit {
  readonly id: string
  /** ms UTC */
  readonly createdAt: number
}

/** The newest hits of one conversation, as many as could be asked for of all. */
function findHitsIn(db: Database, id: ConversationId, query: SearchQuery): Promise<Hit[]> {
  const { reader, conditions, kind, hasLink, from, until, skip, count } = query
  const [first, ...rest] = conditions
  const isTerm = first?.kind === 'term'
  const others = isTerm ? rest : conditions
  return (
    db
      .selectFrom('members')
      .innerJoin('messages', 'messages.conversation_id', 'members.conversation_id')
      .select(['messages.id', 'messages.created_at as createdAt'])
      // Under one term they stand in the order of the talk: after the newest nothing more is read.
      .$if(isTerm, (hits) =>
        hits
          .innerJoin('message_terms as under', (join) =>
            join
              .onRef('under.conversation_id', '=', 'messages.conversation_id')
              .onRef('under.seq', '=', 'messages.seq')
              .on('under.term', '=', isTerm ? first.term : ''),
          )
          .orderBy('under.seq', 'desc'),
      )
      .$if(!isTerm, (hits) => hits.orderBy('messages.seq', 'desc'))
      .where('members.conversation_id', '=', id)
      .where((row) => isReadableBy(row, reader))
      .where((row) =>
        row.and([
          ...others.map((condition) => meets(row, condition)),
          ...(kind === null ? [] : [row('messages.kind', '=', kind)]),
          ...(hasLink ? [row('messages.body', 'like', '%://%')] : []),
          ...(from === null ? [] : [row('messages.created_at', '>=', from)]),
          ...(until === null ? [] : [row('messages.created_at', '<', until)]),
        ]),
      )
      .limit(skip + count)
      .execute()
  )
}

/** In so many conversations it is counted how frequent words are. */
const SAMPLED = 5

/** Begin with the rarest: what it finds is looked at for the others. */
async function rarestFirst(
  db: Database,
  conditions: readonly Condition[],
  places: readonly { id: ConversationId }[],
): Promise<Condition[]> {
  if (conditions.length === 1) return [...conditions]
  const sample = places.slice(0, SAMPLED).map(({ id }) => id)
  async function frequencyOf(condition: Condition): Promise<number> {
    if (condition.kind === 'prefix') return Number.POSITIVE_INFINITY
    const { count } = await db
      .selectFrom('message_terms')
      .select((row) => row.fn.countAll<number>().as('count'))
      .where('conversation_id', 'in', sample)
      .where('term', '=', condition.term)
      .executeTakeFirstOrThrow()
    return count
  }
  const counted: (readonly [Condition, number])[] = []
  for (const one of conditions) counted.push([one, await frequencyOf(one)])
  return counted.sort(([, a], [, b]) => (a === b ? 0 : a - b)).map(([one]) => one)
}

const byAge = (a: Hit, b: Hit): number =>
  b.createdAt - a.createdAt || Number(a.id < b.id) - Number(a.id > b.id)

/**
 * Ids of messages that somebody may read and that meet it all, the newest first [CH4]. Each conversation is
 * looked into by itself: all that holds a frequent word would have to be read to be sorted.
 */
export async function findHits(db: Database, query: SearchQuery): Promise<string[]> {
  const { reader, conversationId, skip, count } = query
  const places =
    conversationId === null
      ? await db
          .selectFrom('members')
          .select('conversation_id as id')
          .where('user_id', '=', reader)
          .execute()
      : [{ id: conversationId }]
  if (places.length === 0) return []
  const conditions = await rarestFirst(db, query.conditions, places)
  const hits: Hit[] = []
  for (const { id } of places) hits.push(...(await findHitsIn(db, id, { ...query, conditions })))
  return hits
    .sort(byAge)
    .slice(skip, skip + count)
    .map(({ id }) => id)
}

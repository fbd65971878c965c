import type { ConversationId } from '#shared/ids.ts'
import type { Database } from '#server/platform/database/database.ts'
import { prepared } from '#server/platform/database/prepared.ts'
import { numbersOf } from '#server/platform/database/rows.ts'

/** Each statement here looks at so many rows at most as it is told to: no query can make it longer. */
export interface Window {
  readonly id: ConversationId
  /** Seqs after this one, and before the other. */
  readonly after: number
  readonly below: number
  readonly count: number
}

const seqsFound = prepared((db, values: Window & { term: string }) =>
  db
    .selectFrom('message_terms')
    .select('seq')
    .where('conversation_id', '=', values.id)
    .where('term', '=', values.term)
    .where('seq', '>', values.after)
    .where('seq', '<', values.below)
    .orderBy('seq', 'desc')
    .limit(values.count),
)

/** The newest messages that have a term. */
export async function findSeqs(db: Database, term: string, window: Window): Promise<number[]> {
  return (await seqsFound(db, { ...window, term })).map(({ seq }) => seq)
}

/** Of these messages those that have a term, too. */
export async function keepSeqs(
  db: Database,
  { id, term }: { id: ConversationId; term: string },
  seqs: readonly number[],
): Promise<number[]> {
  if (seqs.length === 0) return []
  const rows = await db
    .selectFrom('message_terms')
    .select('seq')
    .where('conversation_id', '=', id)
    .where('term', '=', term)
    .where('seq', 'in', numbersOf(db, seqs))
    .orderBy('seq', 'desc')
    .execute()
  return rows.map(({ seq }) => seq)
}

/**
 * The first terms that begin so: from each the next one is looked up, so that it does not matter how
 * many messages have it.
 */
export async function findTerms(
  db: Database,
  { id, prefix, count }: { id: ConversationId; prefix: string; count: number },
): Promise<string[]> {
  const end = `${prefix}\u{10ffff}`
  const rows = await db
    .withRecursive('found(term)', (cte) =>
      cte
        .selectFrom('message_terms')
        .select((row) => row.fn.min<string | null>('term').as('term'))
        .where('conversation_id', '=', id)
        .where('term', '>=', prefix)
        .where('term', '<', end)
        .unionAll(
          cte
            .selectFrom('found')
            .select((row) =>
              row
                .selectFrom('message_terms')
                .select((next) => next.fn.min<string | null>('message_terms.term').as('term'))
                .where('conversation_id', '=', id)
                .whereRef('message_terms.term', '>', 'found.term')
                .where('message_terms.term', '<', end)
                .as('term'),
            )
            .where('found.term', 'is not', null),
        ),
    )
    .selectFrom('found')
    .select('term')
    .limit(count)
    .execute()
  return rows.flatMap(({ term }) => term ?? [])
}

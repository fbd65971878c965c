import { sql, type Migration } from 'kysely'

interface TextRow {
  conversation_id: string
  seq: number
  body: string
}

/** What a term is, as of this version: pairs of neighbours, and the last of a word alone. */
function termsOf(text: string): string[] {
  const words = text.normalize('NFKC').toLowerCase().split(/\s+/u)
  const pairs = words.flatMap((word) => {
    const letters = Array.from(word)
    return letters.map((letter, at) => letter + (letters[at + 1] ?? ''))
  })
  return [...new Set(pairs)]
}

/** Messages read at a time while the index is built. */
const BATCH = 500
/** Values in one statement, of three columns. */
const ROWS_MAX = 5_000

/** Messages are found by any two neighbours of their text. */
export const messageTerms: Migration = {
  async up(db) {
    await db.schema
      .createTable('message_terms')
      .addColumn('conversation_id', 'text', (column) =>
        column.notNull().references('conversations.id'),
      )
      .addColumn('term', 'text', (column) => column.notNull())
      .addColumn('seq', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('message_terms_pk', ['conversation_id', 'term', 'seq'])
      .execute()
    for (let skip = 0; ; skip += BATCH) {
      const { rows } = await sql<TextRow>`
        SELECT conversation_id, seq, body FROM messages
        WHERE kind = 'text' ORDER BY conversation_id, seq LIMIT ${BATCH} OFFSET ${skip}
      `.execute(db)
      const terms = rows.flatMap(({ conversation_id, seq, body }) => {
        const { text } = JSON.parse(body) as { text: string }
        return termsOf(text).map((term) => sql`(${conversation_id}, ${term}, ${seq})`)
      })
      for (let from = 0; from < terms.length; from += ROWS_MAX) {
        await sql`INSERT INTO message_terms (conversation_id, term, seq) VALUES ${sql.join(
          terms.slice(from, from + ROWS_MAX),
        )}`.execute(db)
      }
      if (rows.length < BATCH) return
    }
  },
}

import { sql, type Migration } from 'kysely'

/** Up to where the messages of a conversation are in the index: so far all of them were. */
export const indexedSeq: Migration = {
  async up(db) {
    await db.schema
      .alterTable('conversations')
      .addColumn('indexed_seq', 'bigint', (column) => column.notNull().defaultTo(0))
      .execute()
    await sql`UPDATE conversations SET indexed_seq = last_seq`.execute(db)
  },
}

import { sql, type Migration } from 'kysely'

/** Texts are compared in another way now, without accents: the index is rebuilt, soon after the start. */
export const foldedIndex: Migration = {
  async up(db) {
    await sql`DELETE FROM message_terms`.execute(db)
    await sql`UPDATE conversations SET indexed_seq = 0`.execute(db)
  },
}

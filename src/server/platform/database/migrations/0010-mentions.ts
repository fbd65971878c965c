import type { Migration } from 'kysely'

/** Whom messages call on; gone with the text when it is taken back. */
export const mentions: Migration = {
  async up(db) {
    await db.schema
      .createTable('mentions')
      .addColumn('conversation_id', 'text', (column) =>
        column.notNull().references('conversations.id'),
      )
      .addColumn('user_id', 'text', (column) => column.notNull())
      .addColumn('seq', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('mentions_pk', ['conversation_id', 'user_id', 'seq'])
      .execute()
  },
}

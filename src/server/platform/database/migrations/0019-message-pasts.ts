import type { Migration } from 'kysely'

/** Messages as they were before a change, for people who had left the group by then. */
export const messagePasts: Migration = {
  async up(db) {
    await db.schema
      .createTable('message_pasts')
      .addColumn('message_id', 'text', (column) => column.notNull().references('messages.id'))
      .addColumn('until_seq', 'bigint', (column) => column.notNull())
      .addColumn('conversation_id', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('message_pasts_pk', ['message_id', 'until_seq'])
      .execute()
    await db.schema
      .createIndex('message_pasts_conversation')
      .on('message_pasts')
      .column('conversation_id')
      .execute()
  },
}

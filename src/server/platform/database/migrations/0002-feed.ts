import type { Migration } from 'kysely'

/** What happens to each user, numbered; how far a conversation has come to each member. */
export const feed: Migration = {
  async up(db) {
    await db.schema
      .createTable('feed_heads')
      .addColumn('user_id', 'text', (column) => column.primaryKey().references('users.id'))
      .addColumn('pos', 'bigint', (column) => column.notNull())
      .addColumn('acked_pos', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema
      .createTable('feed')
      .addColumn('user_id', 'text', (column) => column.notNull().references('users.id'))
      .addColumn('pos', 'bigint', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('message_id', 'text', (column) => column.references('messages.id'))
      .addColumn('entry', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('feed_key', ['user_id', 'pos'])
      .execute()
    await db.schema.createIndex('feed_created_at').on('feed').column('created_at').execute()
    await db.schema
      .alterTable('members')
      .addColumn('received_seq', 'bigint', (column) => column.notNull().defaultTo(0))
      .execute()
  },
}

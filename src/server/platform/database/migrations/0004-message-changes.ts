import type { Migration } from 'kysely'

/** Messages that are edited, recalled, quoted, answered with an emoji, or deleted by a reader. */
export const messageChanges: Migration = {
  async up(db) {
    for (const column of ['edited_at', 'recalled_at'] as const) {
      await db.schema.alterTable('messages').addColumn(column, 'bigint').execute()
    }
    await db.schema
      .alterTable('messages')
      .addColumn('rev', 'integer', (column) => column.notNull().defaultTo(0))
      .execute()
    await db.schema.alterTable('messages').addColumn('reply_to', 'text').execute()
    await db.schema.createIndex('messages_reply_to').on('messages').column('reply_to').execute()
    await db.schema
      .createTable('reactions')
      .addColumn('message_id', 'text', (column) => column.notNull().references('messages.id'))
      .addColumn('user_id', 'text', (column) => column.notNull().references('users.id'))
      .addColumn('emoji', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('reactions_key', ['message_id', 'user_id', 'emoji'])
      .execute()
    await db.schema
      .createTable('message_deletions')
      .addColumn('message_id', 'text', (column) => column.notNull().references('messages.id'))
      .addColumn('user_id', 'text', (column) => column.notNull().references('users.id'))
      .addPrimaryKeyConstraint('message_deletions_key', ['message_id', 'user_id'])
      .execute()
  },
}

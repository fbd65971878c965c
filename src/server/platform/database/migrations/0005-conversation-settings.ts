import type { Migration } from 'kysely'

/** How each member wants to have a conversation. */
export const conversationSettings: Migration = {
  async up(db) {
    for (const column of ['muted', 'hidden', 'marked_unread'] as const) {
      await db.schema
        .alterTable('members')
        .addColumn(column, 'integer', (made) => made.notNull().defaultTo(0))
        .execute()
    }
    await db.schema.alterTable('members').addColumn('pinned_at', 'bigint').execute()
    await db.schema
      .alterTable('members')
      .addColumn('cleared_seq', 'bigint', (made) => made.notNull().defaultTo(0))
      .execute()
  },
}

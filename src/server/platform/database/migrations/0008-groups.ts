import type { Migration } from 'kysely'

/** Conversations of many: their name, and what each is in them. */
export const groups: Migration = {
  async up(db) {
    await db.schema
      .alterTable('conversations')
      .addColumn('name', 'text', (column) => column.notNull().defaultTo(''))
      .execute()
    await db.schema
      .alterTable('members')
      .addColumn('role', 'text', (column) => column.notNull().defaultTo('member'))
      .execute()
    await db.schema
      .alterTable('members')
      .addColumn('joined_at', 'bigint', (column) => column.notNull().defaultTo(0))
      .execute()
    await db.schema.alterTable('members').addColumn('left_seq', 'bigint').execute()
  },
}

import type { Migration } from 'kysely'

/** What a group shall know, and what its members want to be called in it. */
export const groupManners: Migration = {
  async up(db) {
    await db.schema.alterTable('conversations').addColumn('announcement', 'text').execute()
    await db.schema
      .alterTable('members')
      .addColumn('alias', 'text', (column) => column.notNull().defaultTo(''))
      .execute()
  },
}

import type { Migration } from 'kysely'

/** Whom somebody wants to hear nothing of. */
export const contactBlocks: Migration = {
  async up(db) {
    await db.schema
      .alterTable('contacts')
      .addColumn('blocked', 'integer', (column) => column.notNull().defaultTo(0))
      .execute()
  },
}

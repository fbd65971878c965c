import type { Migration } from 'kysely'

/** What is written to see whether something can be written. */
export const heartbeat: Migration = {
  async up(db) {
    await db.schema
      .createTable('heartbeat')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .execute()
    await db.insertInto('heartbeat').values({ id: 1, at: 0 }).execute()
  },
}

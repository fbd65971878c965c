import type { Migration } from 'kysely'

/** Entries that many feeds have; their rows name them. */
export const sharedEntries: Migration = {
  async up(db) {
    await db.schema
      .createTable('shared_entries')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('entry', 'text', (column) => column.notNull())
      .execute()
    await db.schema
      .createIndex('shared_entries_created_at')
      .on('shared_entries')
      .column('created_at')
      .execute()
  },
}

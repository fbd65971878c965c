import type { Migration } from 'kysely'

const SHOWN = ['shows_typing', 'shows_presence', 'shows_reading']

/** What users let others know, and when they were last here. Who has no row shows everything. */
export const preferences: Migration = {
  async up(db) {
    let table = db.schema
      .createTable('preferences')
      .addColumn('user_id', 'text', (column) => column.primaryKey().references('users.id'))
    for (const name of SHOWN) {
      table = table.addColumn(name, 'integer', (column) => column.notNull().defaultTo(1))
    }
    await table.execute()
    await db.schema.alterTable('users').addColumn('last_seen_at', 'bigint').execute()
  },
}

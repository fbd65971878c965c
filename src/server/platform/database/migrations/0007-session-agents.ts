import type { Migration } from 'kysely'

/** What a session was begun with, so that its owner knows it again. */
export const sessionAgents: Migration = {
  async up(db) {
    await db.schema
      .alterTable('sessions')
      .addColumn('agent', 'text', (column) => column.notNull().defaultTo(''))
      .execute()
    await db.schema
      .createIndex('sessions_user_id')
      .on('sessions')
      .column('user_id')
      .ifNotExists()
      .execute()
  },
}

import type { Migration } from 'kysely'

const COLUMNS = [
  'caller_leg',
  'caller_device',
  'caller_secret',
  'callee_leg',
  'callee_device',
  'callee_secret',
]

/** Who sits in a call, so that a restarted server knows them again. */
export const callSeats: Migration = {
  async up(db) {
    for (const column of COLUMNS) {
      await db.schema.alterTable('calls').addColumn(column, 'text').execute()
    }
  },
}

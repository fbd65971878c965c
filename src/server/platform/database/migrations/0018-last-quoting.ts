import type { Migration } from 'kysely'

/** The last message that quotes another one is looked up, however many do. */
export const lastQuoting: Migration = {
  async up(db) {
    await db.schema
      .createIndex('messages_reply_to_seq')
      .on('messages')
      .columns(['reply_to', 'seq'])
      .execute()
    await db.schema.dropIndex('messages_reply_to').execute()
  },
}

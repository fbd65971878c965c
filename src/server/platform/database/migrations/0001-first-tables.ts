import type { Kysely, Migration } from 'kysely'

async function createAccountTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('users')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('mobile', 'text', (column) => column.notNull().unique())
    .addColumn('nickname', 'text', (column) => column.notNull())
    .addColumn('password_hash', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('sessions')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('user_id', 'text', (column) => column.notNull().references('users.id'))
    .addColumn('token_hash', 'text', (column) => column.notNull().unique())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('renewed_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('sessions_expires_at').on('sessions').column('expires_at').execute()
}

async function createChatTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('conversations')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('pair_key', 'text', (column) => column.notNull().unique())
    .addColumn('last_seq', 'bigint', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('members')
    .addColumn('conversation_id', 'text', (column) =>
      column.notNull().references('conversations.id'),
    )
    .addColumn('user_id', 'text', (column) => column.notNull().references('users.id'))
    .addColumn('read_seq', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('members_key', ['conversation_id', 'user_id'])
    .execute()
  await db.schema.createIndex('members_user_id').on('members').column('user_id').execute()
  await db.schema
    .createTable('messages')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('conversation_id', 'text', (column) =>
      column.notNull().references('conversations.id'),
    )
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addColumn('sender_id', 'text', (column) => column.notNull().references('users.id'))
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('attention', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addUniqueConstraint('messages_conversation_seq', ['conversation_id', 'seq'])
    .execute()
}

async function createContactTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('contacts')
    .addColumn('user_id', 'text', (column) => column.notNull().references('users.id'))
    .addColumn('contact_id', 'text', (column) => column.notNull().references('users.id'))
    .addColumn('conversation_id', 'text', (column) =>
      column.notNull().references('conversations.id'),
    )
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('contacts_key', ['user_id', 'contact_id'])
    .execute()
  await db.schema
    .createTable('contact_requests')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('from_id', 'text', (column) => column.notNull().references('users.id'))
    .addColumn('to_id', 'text', (column) => column.notNull().references('users.id'))
    .addColumn('greeting', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addUniqueConstraint('contact_requests_pair', ['from_id', 'to_id'])
    .execute()
  await db.schema
    .createIndex('contact_requests_to_id')
    .on('contact_requests')
    .column('to_id')
    .execute()
}

async function createCallTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('calls')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('caller_id', 'text', (column) => column.notNull().references('users.id'))
    .addColumn('callee_id', 'text', (column) => column.notNull().references('users.id'))
    .addColumn('invited_at', 'bigint', (column) => column.notNull())
    .addColumn('accepted_at', 'bigint')
    .addColumn('closed_at', 'bigint')
    .addColumn('outcome', 'text')
    .addColumn('duration_ms', 'bigint', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('calls_closed_at').on('calls').column('closed_at').execute()
}

/** Accounts, conversations, contacts, calls. */
export const firstTables: Migration = {
  async up(db) {
    await createAccountTables(db)
    await createChatTables(db)
    await createContactTables(db)
    await createCallTables(db)
  },
}

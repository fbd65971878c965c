import { join } from 'node:path'
import { Kysely, Migrator } from 'kysely'
import { expect, it, onTestFinished } from 'vitest'
import { openDatabase } from '#server/platform/database/database.ts'
import { findPasts } from '#server/chat/conversations/pastRepository.ts'
import { migrations } from '#server/platform/database/migrations/index.ts'
import { firstTables } from '#server/platform/database/migrations/0001-first-tables.ts'
import type { Schema } from '#server/platform/database/schema.ts'
import { createSqliteDialect } from '#server/platform/database/sqlite/dialect.ts'
import { uuid } from '../../support/calls/people.ts'
import { createTempDir } from '../../support/server/testApp.ts'

/** A database as the first version left it, with somebody and a conversation in it. */
async function createOld(directory: string): Promise<void> {
  const old = new Kysely<Schema>({ dialect: createSqliteDialect(join(directory, 'ahoy.sqlite')) })
  const provider = { getMigrations: () => Promise.resolve({ '0001-first-tables': firstTables }) }
  await new Migrator({ db: old, provider }).migrateToLatest()
  const user = { id: 'a', mobile: 'a', nickname: 'a', password_hash: '', created_at: 1 }
  const kept = { id: 'c', kind: 'private', pair_key: 'a b', last_seq: 3, created_at: 1 } as const
  await old.insertInto('users').values(user).execute()
  await old.insertInto('conversations').values(kept).execute()
  const member = { conversation_id: 'c', user_id: 'a', read_seq: 2 }
  await old.insertInto('members').values(member).execute()
  const body = JSON.stringify({ kind: 'text', text: '明天 OK' })
  const message = {
    id: 'm',
    conversation_id: 'c',
    seq: 3,
    sender_id: 'a',
    kind: 'text',
    body,
  } as const
  await old
    .insertInto('messages')
    .values({ ...message, attention: 1, created_at: 1 } as never)
    .execute()
  await old.destroy()
}

it('brings a database of the first version up to date, and keeps what is in it', async () => {
  const directory = await createTempDir()
  await createOld(directory)
  const db = await openDatabase(directory)
  onTestFinished(() => db.destroy())
  expect(await db.selectFrom('members').selectAll().execute()).toEqual([
    {
      conversation_id: 'c',
      role: 'member',
      alias: '',
      joined_at: 0,
      left_seq: null,
      user_id: 'a',
      read_seq: 2,
      received_seq: 0,
      muted: 0,
      pinned_at: null,
      hidden: 0,
      marked_unread: 0,
      cleared_seq: 0,
    },
  ])
  // The index is rebuilt, in another way, soon after the start.
  expect(await db.selectFrom('message_terms').selectAll().execute()).toEqual([])
  expect(await db.selectFrom('feed').selectAll().execute()).toEqual([])
})

const [ANN, BOB] = [uuid(1), uuid(2)]

/** A database before 0015, with a group that one has left. */
async function createLeft(directory: string): Promise<void> {
  const old = new Kysely<Schema>({ dialect: createSqliteDialect(join(directory, 'ahoy.sqlite')) })
  const until = Object.fromEntries(Object.entries(migrations).filter(([name]) => name < '0015'))
  const provider = { getMigrations: () => Promise.resolve(until) }
  await new Migrator({ db: old, provider }).migrateToLatest()
  const user = { nickname: 'n', password_hash: '', created_at: 1 }
  const users = [ANN, BOB].map((id) => ({ id, mobile: id, ...user }))
  await old.insertInto('users').values(users).execute()
  const announcement = JSON.stringify({ text: 'hello', byId: ANN, at: 1 })
  const group = { id: 'g', kind: 'group', pair_key: 'g', name: 'G', announcement } as const
  await old
    .insertInto('conversations')
    .values({ ...group, last_seq: 3, created_at: 1 })
    .execute()
  const member = { conversation_id: 'g', read_seq: 0 }
  await old
    .insertInto('members')
    .values([
      { ...member, user_id: ANN, role: 'owner' },
      { ...member, user_id: BOB, role: 'gone', left_seq: 3 },
    ])
    .execute()
  await old.destroy()
}

it('[CH11] keeps for who has left a group before how it is now', async () => {
  const directory = await createTempDir()
  await createLeft(directory)
  const db = await openDatabase(directory)
  onTestFinished(() => db.destroy())
  const member = { nickname: 'n', alias: '' }
  expect(await findPasts(db, BOB, ['g'])).toEqual(
    new Map([
      [
        'g',
        {
          name: 'G',
          members: [
            { id: ANN, role: 'owner', ...member },
            { id: BOB, role: 'gone', ...member },
          ],
          announcement: { text: 'hello', byId: ANN, at: 1 },
        },
      ],
    ]),
  )
})

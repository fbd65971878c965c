import { uuidv7 } from 'uuidv7'
import { insertUser } from '../../src/server/accounts/index.ts'
import { createSessionService } from '../../src/server/accounts/sessionService.ts'
import { openPrivate } from '../../src/server/chat/writing/writer.ts'
import { insertContacts } from '../../src/server/contacts/index.ts'
import { createLocalBus } from '../../src/server/platform/bus/bus.ts'
import {
  inTransaction,
  openDatabase,
  type Database,
} from '../../src/server/platform/database/database.ts'
import { openPostgres } from '../../src/server/platform/database/postgres.ts'

/** Somebody who is logged in. */
export interface Person {
  readonly userId: string
  /** Of the session, as the browser's cookie holds it. */
  readonly token: string
  /** Theirs with the contact that they have. */
  readonly conversationId: string
}

/** What the server will open, too: a file in the directory, or what `DATABASE_URL` says. */
function open(dataDir: string): Promise<Database> {
  const url = process.env['DATABASE_URL'] ?? ''
  return url === '' ? openDatabase(dataDir) : openPostgres({ url, onLost: console.error })
}

/**
 * Fill the database of a server that does not run yet, through the app's own functions: people who
 * are logged in, the first a contact of the second, the third of the fourth and so on.
 */
export async function makePeople(dataDir: string, count: number): Promise<Person[]> {
  const db = await open(dataDir)
  try {
    // One transaction: the disk is asked once.
    return await inTransaction(db, (trx) => insertPeople(trx, count))
  } finally {
    await db.destroy()
  }
}

async function insertPeople(trx: Database, count: number): Promise<Person[]> {
  const bus = createLocalBus()
  const createdAt = Date.now()
  const sessions = createSessionService({ db: trx, bus, now: () => createdAt })
  const people: Person[] = []
  for (let index = 0; index < count; index += 1) {
    const id = uuidv7()
    // Nobody logs in here: no number is like this one, and no hash begins so.
    const account = { id, mobile: id, nickname: `Bench ${index}`, passwordHash: '-', createdAt }
    await insertUser(trx, account)
    const { token } = await sessions.start(id, 'bench')
    const other = people.at(-1)
    if (index % 2 === 0 || other === undefined) {
      people.push({ userId: id, token, conversationId: '' })
      continue
    }
    const pair = [other.userId, id] as const
    const conversationId = await openPrivate(trx, pair, createdAt)
    await insertContacts(trx, { pair, conversationId, createdAt })
    people.splice(-1, 1, { ...other, conversationId }, { userId: id, token, conversationId })
  }
  return people
}

/** Somebody who is logged in, and their contacts. */
export interface Crowd extends Omit<Person, 'conversationId'> {
  readonly others: readonly { readonly id: string; readonly conversationId: string }[]
}

/** The same for one who knows many. */
export async function makeCrowd(dataDir: string, count: number): Promise<Crowd> {
  const db = await open(dataDir)
  try {
    return await inTransaction(db, (trx) => insertCrowd(trx, count))
  } finally {
    await db.destroy()
  }
}

async function insertCrowd(trx: Database, count: number): Promise<Crowd> {
  const createdAt = Date.now()
  const insert = async (name: string): Promise<string> => {
    const id = uuidv7()
    await insertUser(trx, { id, mobile: id, nickname: name, passwordHash: '-', createdAt })
    return id
  }
  const userId = await insert('Bench')
  const sessions = createSessionService({ db: trx, bus: createLocalBus(), now: () => createdAt })
  const { token } = await sessions.start(userId, 'bench')
  const others: Crowd['others'][number][] = []
  for (let index = 0; index < count; index += 1) {
    const id = await insert(`Bench ${index}`)
    const pair = [userId, id] as const
    const conversationId = await openPrivate(trx, pair, createdAt)
    await insertContacts(trx, { pair, conversationId, createdAt })
    others.push({ id, conversationId })
  }
  return { userId, token, others }
}

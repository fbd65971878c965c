import { expect, it, onTestFinished } from 'vitest'
import { inTransaction, openDatabase, type Database } from '#server/platform/database/database.ts'
import { prepared, preparedRows } from '#server/platform/database/prepared.ts'
import { createTempDir } from '../../support/server/testApp.ts'

interface Beat {
  readonly id: number
  readonly at: number
}

async function open(): Promise<Database> {
  const db = await openDatabase(await createTempDir())
  onTestFinished(() => db.destroy())
  return db
}

/** Statements that count how often they were built. */
function someStatements() {
  const built = { inserting: 0, later: 0 }
  return {
    built,
    insert: preparedRows((db, rows: readonly Beat[]) => {
      built.inserting += 1
      return db.insertInto('heartbeat').values(rows.map(({ id, at }) => ({ id, at })))
    }),
    findLater: prepared((db, { at }: { at: number }) => {
      built.later += 1
      return db.selectFrom('heartbeat').select('id').where('at', '>', at).orderBy('id')
    }),
  }
}

const beats = (from: number, count: number): Beat[] =>
  Array.from({ length: count }, (_, nth) => ({ id: from + nth, at: from + nth }))

const idsAfter = (at: number, last: number): { id: number }[] =>
  beats(at + 1, last - at).map(({ id }) => ({ id }))

it('runs a statement with other values without building it anew, in and out of transactions', async () => {
  const db = await open()
  const { built, insert, findLater } = someStatements()
  await insert(db, beats(2, 4))
  expect(await findLater(db, { at: 3 })).toEqual(idsAfter(3, 5))
  expect(await findLater(db, { at: 4 })).toEqual(idsAfter(4, 5))
  await inTransaction(db, async (trx) => {
    await insert(trx, beats(6, 4))
    expect(await findLater(trx, { at: 4 })).toEqual(idsAfter(4, 9))
    // What is not on disk yet is not there for others.
    expect(await findLater(db, { at: 4 })).toEqual(idsAfter(4, 5))
  })
  expect(built).toEqual({ inserting: 1, later: 1 })
})

it('builds it for each number of rows, and keeps those of few', async () => {
  const db = await open()
  const { built, insert, findLater } = someStatements()
  for (const [from, count] of [
    [2, 1],
    [3, 8],
    [11, 8],
    [19, 20],
    [39, 20],
  ] as const) {
    await insert(db, beats(from, count))
  }
  expect(await findLater(db, { at: 1 })).toEqual(idsAfter(1, 58))
  expect(built.inserting).toBe(4)
})

it('is built for each database by itself', async () => {
  const { built, findLater } = someStatements()
  const [one, other] = [await open(), await open()]
  await findLater(one, { at: 0 })
  await findLater(other, { at: 0 })
  expect(built.later).toBe(2)
})

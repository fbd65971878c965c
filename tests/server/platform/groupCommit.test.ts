import { setImmediate as nextTurn } from 'node:timers/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it, onTestFinished } from 'vitest'
import { GroupCommit } from '#server/platform/database/sqlite/groupCommit.ts'
import { createTempDir } from '../../support/server/testApp.ts'

interface Disk {
  readonly group: GroupCommit
  /** Write a number down, in a transaction of its own. */
  readonly write: (value: number) => Promise<void>
  readonly insert: (value: number) => void
  /** The same; where it is there already, all is undone, as when the disk is full. */
  readonly insertOrUndo: (value: number) => void
  /** What another connection sees. */
  readonly written: () => number[]
  /** What the file was told, without the statements of the test. */
  readonly told: string[]
  /** Another process has the file for itself. @returns lets go */
  readonly hold: () => () => void
  /** Let the next commit go wrong. */
  readonly breakNext: () => void
}

async function openDisk(options: { busyMs?: number } = {}): Promise<Disk> {
  const path = join(await createTempDir(), 'numbers.sqlite')
  const [database, outside] = [new DatabaseSync(path), new DatabaseSync(path)]
  onTestFinished(() => {
    database.close()
    outside.close()
  })
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON; CREATE TABLE parents (id INT PRIMARY KEY);
    CREATE TABLE numbers (value INT UNIQUE);
    CREATE TABLE children (id INT REFERENCES parents (id) DEFERRABLE INITIALLY DEFERRED)`)
  const told: string[] = []
  const group = new GroupCommit(
    {
      exec(sql) {
        told.push(sql)
        database.exec(sql)
      },
      get isTransaction() {
        return database.isTransaction
      },
    },
    options,
  )
  const insert = (value: number): void => {
    database.prepare('INSERT INTO numbers VALUES (?)').run(value)
  }
  return {
    group,
    insert,
    insertOrUndo: (value) => {
      database.prepare('INSERT OR ROLLBACK INTO numbers VALUES (?)').run(value)
    },
    told,
    async write(value) {
      await group.begin()
      insert(value)
      await group.commit()
    },
    written: () =>
      outside
        .prepare('SELECT value FROM numbers ORDER BY value')
        .all()
        .map(({ value }) => Number(value)),
    hold() {
      outside.exec('BEGIN IMMEDIATE')
      return () => {
        outside.exec('ROLLBACK')
      }
    },
    breakNext: () => {
      database.exec('INSERT INTO children VALUES (1)')
    },
  }
}

const commits = ({ told }: Disk): number => told.filter((sql) => sql === 'COMMIT').length

it('[CH2] writes what comes in one turn to disk at once, and says so when it is there', async () => {
  const disk = await openDisk()
  const writing = [1, 2, 3].map(async (value) => {
    await disk.write(value)
    expect(disk.written()).toEqual([1, 2, 3])
  })
  await Promise.resolve()
  expect(disk.written()).toEqual([])
  await Promise.all(writing)
  expect(commits(disk)).toBe(1)
})

it('lets who comes alone not wait for others', async () => {
  const disk = await openDisk()
  await disk.write(1)
  await disk.write(2)
  expect(commits(disk)).toBe(2)
  expect(disk.written()).toEqual([1, 2])
})

it('undoes what goes wrong alone', async () => {
  const disk = await openDisk()
  const undone = async (value: number): Promise<void> => {
    await disk.group.begin()
    disk.insert(value)
    disk.group.rollback()
  }
  await Promise.all([disk.write(1), undone(2), disk.write(3)])
  expect(disk.written()).toEqual([1, 3])
  expect(commits(disk)).toBe(1)
})

it('waits for one that takes longer than a turn, and lets none begin in its middle', async () => {
  const disk = await openDisk()
  await disk.group.begin()
  disk.insert(1)
  const other = disk.write(2)
  await nextTurn()
  expect(disk.told.filter((sql) => sql === 'SAVEPOINT member')).toHaveLength(1)
  disk.insert(3)
  await disk.group.commit()
  expect(disk.written()).toEqual([1, 3])
  await other
  expect(disk.written()).toEqual([1, 2, 3])
})

it('tells all of a group that could not be written, keeps nothing of it, and goes on', async () => {
  const disk = await openDisk()
  await disk.group.begin()
  disk.insert(1)
  disk.breakNext()
  const ends = await Promise.allSettled([disk.group.commit(), disk.write(2)])
  expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(disk.written()).toEqual([])
  await disk.write(3)
  expect(disk.written()).toEqual([3])
})

it('tells all of a group that the database itself has undone', async () => {
  const disk = await openDisk()
  const first = disk.write(1)
  const second = (async () => {
    await disk.group.begin()
    expect(() => {
      disk.insertOrUndo(1)
    }).toThrow(/UNIQUE/)
    disk.group.rollback()
  })()
  await expect(first).rejects.toThrow(/no transaction/)
  await second
  await disk.write(2)
  expect(disk.written()).toEqual([2])
})

describe('another process has the file', () => {
  it('[F11] waits for it, and holds nothing else up meanwhile', async () => {
    const disk = await openDisk()
    const letGo = disk.hold()
    const writing = disk.write(1)
    await nextTurn()
    expect(disk.written()).toEqual([])
    letGo()
    await writing
    expect(disk.written()).toEqual([1])
  })

  it('[F11] gives up after a while, and lets those who come then not wait as long again', async () => {
    const disk = await openDisk({ busyMs: 100 })
    const letGo = disk.hold()
    const [first, ...others] = [1, 2, 3].map((value) => disk.write(value))
    await expect(first).rejects.toThrow(/locked/)
    const tries = disk.told.length
    const ends = await Promise.allSettled(others)
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    // One try each.
    expect(disk.told.length - tries).toBeLessThanOrEqual(others.length)
    letGo()
    await disk.write(4)
    expect(disk.written()).toEqual([4])
  })
})

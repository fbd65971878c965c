import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import type { CallJournal } from '#server/calls/callRepository.ts'
import type { JournalEntry } from '#server/calls/journalEntry.ts'
import { createJournalQueue } from '#server/calls/journalQueue.ts'
import type { CallEnding } from '#server/calls/registry/decision.ts'
import { createSpool, type Spool } from '#server/calls/spool.ts'
import { aCallId, alice, bob } from '../../support/calls/people.ts'
import { createTestClock } from '../../support/server/testClock.ts'
import { createTempDir } from '../../support/server/testApp.ts'

const ending = (number: number): CallEnding => ({
  callId: aCallId(number),
  kind: 'video',
  callerId: alice.view.id,
  calleeId: bob.view.id,
  outcome: 'completed',
  durationMs: number,
  closedAt: number,
})

const endings = (count: number, from = 0) =>
  Array.from({ length: count }, (_, at) => ending(from + at))
const entriesOf = (calls: CallEnding[]): JournalEntry[] =>
  calls.map((call) => ({ type: 'closed', call }))

const numbersOf = (entries: readonly JournalEntry[]): number[] =>
  entries.flatMap((entry) => (entry.type === 'closed' ? [entry.call.durationMs] : []))

const lineOf = (numbers: readonly number[]): string =>
  `${JSON.stringify(entriesOf(numbers.map(ending)))}\n`

const range = (to: number, from = 0) => Array.from({ length: to - from }, (_, at) => from + at)

const never = () => Promise.reject(new Error('not in these tests'))

const spoolAt = (path: string, asides: string[] = []): Spool =>
  createSpool({ path, onBroken: (aside) => asides.push(aside) })

/** A server with a database that takes what it is given, unless it is held. */
function aServer(path: string, { isHeld = false, spool = spoolAt(path) } = {}) {
  const clock = createTestClock()
  const written: number[] = []
  const held = { isHeld }
  const onWrite: (() => void)[] = []
  const journal: CallJournal = {
    opened: never,
    accepted: never,
    moved: never,
    rejectText: never,
    past: () => Promise.resolve(null),
    open: () => Promise.resolve([]),
    canWrite: () => Promise.resolve(!held.isHeld),
    closed({ durationMs }) {
      if (held.isHeld) return Promise.reject(new Error('held'))
      written.push(durationMs)
      for (const look of onWrite) look()
      return Promise.resolve()
    },
  }
  const queue = createJournalQueue({ journal, spool, clock, log: pino({ level: 'silent' }) })
  return { queue, clock, written, held, onWrite }
}

/** What the next server would find. */
const left = (path: string): number[] => numbersOf(spoolAt(path).left())

/** A spool that tells what it was given, and looks at the file after each time. */
function watched(path: string) {
  const spool = spoolAt(path)
  const asked: { how: 'add' | 'replace'; count: number }[] = []
  const files: string[] = []
  const note =
    (how: 'add' | 'replace'): Spool['add'] =>
    async (entries) => {
      await spool[how](entries)
      asked.push({ how, count: entries.length })
      files.push(left(path).join())
    }
  const watching: Spool = {
    left: () => spool.left(),
    add: note('add'),
    replace: note('replace'),
  }
  return { spool: watching, asked, files }
}

const aPath = async () => join(await createTempDir(), 'data', 'calls.unwritten.json')

/** What a server that can't write leaves. */
async function leave(path: string, count: number): Promise<void> {
  const { queue } = aServer(path, { isHeld: true })
  for (const call of endings(count)) queue.closed(call)
  await queue.stop()
}

describe('the spool of the journal', () => {
  it('[CA13] a server that is killed while it writes what was left loses nothing of it', async () => {
    const path = await aPath()
    const count = 400
    await leave(path, count)
    const next = aServer(path)
    /** The file as it was at each write, and the fewest that were written then. */
    const files = new Map<string, number>()
    next.onWrite.push(() => {
      const file = readFileSync(path, 'utf8')
      files.set(file, files.get(file) ?? next.written.length)
    })
    next.queue.resume()
    expect(left(path)).toEqual(range(count))
    await next.queue.flushed()
    for (const [file, written] of files) {
      writeFileSync(path, file)
      expect(left(path)).toEqual(expect.arrayContaining(range(count, written)))
    }
    expect(next.written).toEqual(range(count))
  })

  it('[CA13] what comes meanwhile is in the file before it is in the database', async () => {
    const path = await aPath()
    await leave(path, 3)
    const next = aServer(path)
    const late: number[] = []
    next.onWrite.push(() => {
      const known = new Set(left(path))
      late.push(...next.written.filter((number) => !known.has(number)))
    })
    next.queue.resume()
    for (const call of endings(4, 3)) next.queue.closed(call)
    await next.queue.flushed()
    expect(late).toEqual([])
    expect(next.written).toEqual(range(7))
    expect(left(path)).toEqual([])
  })

  it('[CA13] a database that is held costs a line for each step, and one removal', async () => {
    const path = await aPath()
    const { spool, asked, files } = watched(path)
    const server = aServer(path, { isHeld: true, spool })
    const count = 20
    for (const [at, call] of endings(count).entries()) {
      server.queue.closed(call)
      await expect.poll(() => asked.length, { interval: 1 }).toBe(at + 1)
    }
    expect(asked).toEqual(range(count).map(() => ({ how: 'add', count: 1 })))
    server.held.isHeld = false
    await server.queue.stop()
    expect(server.written).toEqual(range(count))
    expect(asked.slice(count)).toEqual([{ how: 'replace', count: 0 }])
    expect(files.at(-1)).toBe('')
  })

  it('what is left is taken over without a write, and written out with few', async () => {
    const path = await aPath()
    const count = 1_000
    await leave(path, count)
    const { spool, asked } = watched(path)
    const server = aServer(path, { spool })
    server.queue.resume()
    expect(asked).toEqual([])
    await server.queue.flushed()
    expect(server.written).toEqual(range(count))
    const sum = asked.reduce((total, one) => total + one.count, 0)
    expect(sum).toBeLessThanOrEqual(count)
    expect(asked.length).toBeLessThan(count / 100)
  })

  it('what comes while the disk is at work goes into one line', async () => {
    const path = await aPath()
    const { spool, asked } = watched(path)
    const { queue } = aServer(path, { isHeld: true, spool })
    queue.closed(ending(0))
    await expect.poll(() => left(path)).toEqual([0])
    for (const call of endings(100, 1)) queue.closed(call)
    await queue.stop()
    expect(left(path)).toEqual(range(101))
    expect(asked.map((one) => one.count)).toEqual([1, 1, 99])
  })

  it('[CA13] a line that was begun when the server was killed is left out, and the next one is whole', async () => {
    const path = await aPath()
    const spool = spoolAt(path)
    await spool.add(entriesOf(endings(2)))
    const first = readFileSync(path, 'utf8').length
    await spool.add(entriesOf(endings(2, 2)))
    const whole = readFileSync(path)
    for (const length of [first + 1, first + 100, whole.length - 2]) {
      writeFileSync(path, whole.subarray(0, length))
      const next = spoolAt(path)
      expect(numbersOf(next.left())).toEqual([0, 1])
      await next.add(entriesOf([ending(9)]))
      expect(left(path)).toEqual([0, 1, 9])
    }
    // Only the end of the line is missing.
    writeFileSync(path, whole.subarray(0, -1))
    expect(left(path)).toEqual(range(4))
  })

  it('reads what a version left that wrote one list', async () => {
    const path = await aPath()
    await leave(path, 1)
    writeFileSync(path, JSON.stringify(entriesOf(endings(3))))
    const { queue, written } = aServer(path)
    queue.resume()
    queue.closed(ending(3))
    await queue.flushed()
    expect(written).toEqual(range(4))
  })

  it.each([
    ['no JSON', 'no JSON at all', []],
    ['half of a list', '[{"type":', []],
    ['something else', '{"a":1}\n', []],
    ['a list of something else', '[{"type":"sent"}]\n', []],
    ['one line of several that is none', `${lineOf([0])}[{]\n${lineOf([1])}`, [0, 1]],
  ])(
    '[CA13] a file with %s is put aside, and what can be read of it goes on',
    async (_, text, numbers) => {
      const path = await aPath()
      await leave(path, 1)
      writeFileSync(path, text)
      const asides: string[] = []
      const spool = spoolAt(path, asides)
      expect(numbersOf(spool.left())).toEqual(numbers)
      expect(asides.map((aside) => readFileSync(aside, 'utf8'))).toEqual([text])
      await spool.add(entriesOf([ending(9)]))
      expect(left(path)).toEqual([...numbers, 9])
    },
  )

  it('[CA13] a file that can not be read is put aside', async () => {
    const path = await aPath()
    mkdirSync(path, { recursive: true })
    const asides: string[] = []
    expect(spoolAt(path, asides).left()).toEqual([])
    expect(asides).toHaveLength(1)
    await spoolAt(path).add(entriesOf([ending(9)]))
    expect(left(path)).toEqual([9])
  })

  it('[CA13] a disk that refuses is asked again, and then has everything', async () => {
    const path = await aPath()
    const { spool, asked } = watched(path)
    const refusing: Spool = { ...spool, add: never }
    const server = aServer(path, { isHeld: true, spool: refusing })
    for (const call of endings(3)) server.queue.closed(call)
    await expect
      .poll(() => {
        server.clock.advance(1_000)
        return left(path)
      })
      .toEqual(range(3))
    expect(asked).toEqual([{ how: 'replace', count: 3 }])
    await server.queue.stop()
    expect(server.written).toEqual([])
  })
})

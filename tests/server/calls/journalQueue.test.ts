import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { AppError } from '#shared/errors.ts'
import type { CallJournal } from '#server/calls/callRepository.ts'
import type { JournalEntry } from '#server/calls/journalEntry.ts'
import { createJournalQueue } from '#server/calls/journalQueue.ts'
import type { Spool } from '#server/calls/spool.ts'
import { aTalk, leave } from '../../support/calls/desk.ts'
import { aCallId, alice, bob } from '../../support/calls/people.ts'
import { createTestClock } from '../../support/server/testClock.ts'

const callId = aCallId()

/** Kept in memory. */
function aSpool(): Spool {
  let kept: JournalEntry[] = []
  const keep = (entries: JournalEntry[]): Promise<void> => {
    kept = entries
    return Promise.resolve()
  }
  return {
    left: () => kept,
    add: (entries) => keep([...kept, ...entries]),
    replace: (entries) => keep([...entries]),
  }
}

/** A journal that fails as often as it is told to, and notes what it wrote. */
function aJournal(
  failures = 0,
  { canWrite = true, spool = aSpool(), failure = new Error('the disk is full') } = {},
) {
  const clock = createTestClock()

  const written: string[] = []
  let left = failures
  let tries = 0
  const write = async (line: string): Promise<void> => {
    tries += 1
    await Promise.resolve()
    left -= 1
    if (left >= 0) throw failure
    written.push(line)
  }
  const journal: CallJournal = {
    opened: () => write('opened'),
    accepted: () => write('accepted'),
    closed: ({ outcome }) => write(`closed ${outcome}`),
    rejectText: ({ senderId, receiverId, text }) => write(`${senderId} ${receiverId} ${text}`),
    past: () => Promise.resolve(null),
    moved: () => write('moved'),
    open: () => Promise.resolve([]),
    canWrite: () => Promise.resolve(canWrite),
  }
  return {
    written,
    clock,
    spool,
    queue: createJournalQueue({ journal, spool, clock, log: pino({ level: 'silent' }) }),
    get tries() {
      return tries
    },
  }
}

function ending() {
  const desk = aTalk()
  desk.run(leave(alice.leg()))
  const [closed] = desk.effectsOf('journal/closed')
  const [opened] = desk.effectsOf('journal/opened')
  const [accepted] = desk.effectsOf('journal/accepted')
  if (closed === undefined || opened === undefined || accepted === undefined) {
    throw new Error('there is a record')
  }
  return { call: opened.call, talk: accepted.call, ending: closed.ending }
}

/** A call is opened and closed; ten writes fail, and time goes on until both are written. */
async function writeHeld(how: Parameters<typeof aJournal>[1]) {
  const held = aJournal(10, how)
  const { call, ending: closed } = ending()
  held.queue.opened(call)
  held.queue.closed(closed)
  let isWritten = false
  void held.queue.flushed().then(() => (isWritten = true))
  const look = (): boolean => {
    held.clock.advance(1_000)
    return isWritten
  }
  await expect.poll(look, { interval: 1 }).toBe(true)
  return held
}

describe('createJournalQueue', () => {
  it('[CA13] writes what happened in its order', async () => {
    const { queue, written } = aJournal()
    const { call, talk, ending: closed } = ending()
    queue.opened(call)
    queue.accepted(talk)
    queue.moved(talk)
    queue.closed(closed)
    expect(written).toEqual([])
    await queue.flushed()
    expect(written).toEqual(['opened', 'accepted', 'moved', 'closed completed'])
  })

  it('[CA6] writes the text of a decline as a message of who declined', async () => {
    const { queue, written } = aJournal()
    queue.rejectText({ callId, from: bob.view.id, to: alice.view.id, text: '在开会' })
    await queue.flushed()
    expect(written).toEqual([`${bob.view.id} ${alice.view.id} 在开会`])
  })

  it('[CA13] tries again what failed, and keeps the order', async () => {
    const { queue, written } = aJournal(2)
    const { call, ending: closed } = ending()
    queue.opened(call)
    queue.closed(closed)
    await queue.flushed()
    expect(written).toEqual(['opened', 'closed completed'])
  })

  it('[CA13] writes when the database is back, however long it was held', async () => {
    const { written, spool } = await writeHeld({ canWrite: false })
    expect(written).toEqual(['opened', 'closed completed'])
    expect(spool.left()).toEqual([])
  })

  it('[CA13] writes when its row is let go of, although others could be written meanwhile', async () => {
    const failure = new AppError('request/timed-out')
    const { written } = await writeHeld({ failure })
    expect(written).toEqual(['opened', 'closed completed'])
  })

  it('[CA13] what could not be written when a server ends, the next one writes, in its order', async () => {
    const first = aJournal(50, { canWrite: false })
    const { call, talk, ending: closed } = ending()
    first.queue.opened(call)
    first.queue.accepted(talk)
    first.queue.closed(closed)
    await first.queue.stop()
    expect(first.written).toEqual([])
    const next = aJournal(0, { spool: first.spool })
    next.queue.resume()
    await next.queue.flushed()
    expect(next.written).toEqual(['opened', 'accepted', 'closed completed'])
    expect(first.spool.left()).toEqual([])
  })

  it('goes on after what failed for good', async () => {
    const journal = aJournal(3)
    const { call, ending: closed } = ending()
    journal.queue.opened(call)
    journal.queue.closed(closed)
    await journal.queue.flushed()
    expect(journal.written).toEqual(['closed completed'])
    expect(journal.tries).toBe(4)
  })
})

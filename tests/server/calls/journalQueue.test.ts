import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import type { CallJournal } from '#server/calls/callRepository.ts'
import { createJournalQueue } from '#server/calls/journalQueue.ts'
import { aTalk, leave } from '../../support/calls/desk.ts'
import { aCallId, alice, bob } from '../../support/calls/people.ts'

const callId = aCallId()

/** A journal that fails as often as it is told to, and notes what it wrote. */
function aJournal(failures = 0) {
  const written: string[] = []
  let left = failures
  let tries = 0
  const write = async (line: string): Promise<void> => {
    tries += 1
    await Promise.resolve()
    left -= 1
    if (left >= 0) throw new Error('the disk is full')
    written.push(line)
  }
  const journal: CallJournal = {
    opened: () => write('opened'),
    accepted: () => write('accepted'),
    closed: ({ outcome }) => write(`closed ${outcome}`),
    rejectText: ({ senderId, receiverId, text }) => write(`${senderId} ${receiverId} ${text}`),
    past: () => Promise.resolve(null),
    seated: () => write('seated'),
    open: () => Promise.resolve([]),
  }
  return {
    written,
    queue: createJournalQueue(journal, pino({ level: 'silent' })),
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

describe('createJournalQueue', () => {
  it('[CA13] writes what happened in its order', async () => {
    const { queue, written } = aJournal()
    const { call, talk, ending: closed } = ending()
    queue.opened(call)
    queue.accepted(talk)
    queue.seated(talk)
    queue.closed(closed)
    expect(written).toEqual([])
    await queue.flushed()
    expect(written).toEqual(['opened', 'accepted', 'seated', 'closed completed'])
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

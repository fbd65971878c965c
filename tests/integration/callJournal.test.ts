import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import * as v from 'valibot'
import { LEG_GRACE_MS } from '#shared/limits.ts'
import { RECORDED_OUTCOMES, type RecordedOutcome } from '#shared/protocol/calls.ts'
import { ConversationList } from '#shared/protocol/chat.ts'
import { createTestApp } from '../support/server/testApp.ts'
import type { Browser } from '../support/server/browser.ts'
import { accountOf, recordPushes } from '../support/server/friends.ts'
import { anyString } from '../support/server/matching.ts'

async function createCallers() {
  const test = await createTestApp()
  const [ann, bob] = [await test.demo(1), await test.demo(2)]
  const [callerId, calleeId] = [(await accountOf(ann)).id, (await accountOf(bob)).id]
  const { journal } = test.app
  const pair = { callerId, calleeId }
  const opened = { callId: uuidv7(), kind: 'video' as const, ...pair, invitedAt: test.clock.now() }
  const closed = (outcome: RecordedOutcome, durationMs = 0) => {
    const { callId, kind } = opened
    return { callId, kind, ...pair, outcome, durationMs, closedAt: test.clock.now() }
  }
  return { test, ann, bob, ...pair, journal, opened, closed, pushes: recordPushes(test.app) }
}

const aParticipant = { legId: uuidv7(), deviceId: uuidv7(), secret: null }
const PARTICIPANTS = {
  callerParticipant: aParticipant,
  calleeParticipant: { ...aParticipant, legId: uuidv7() },
}

async function onlyConversation(tab: Browser) {
  const { body } = await tab.get('/api/conversations')
  const { conversations } = v.parse(ConversationList, body)
  expect(conversations).toHaveLength(1)
  return conversations[0]
}

describe('[CA13] the record of a call', () => {
  it('is one message that both see, from the caller', async () => {
    const { test, ann, bob, callerId, calleeId, journal, opened, closed, pushes } =
      await createCallers()
    await journal.opened(opened)
    await journal.accepted(opened.callId, test.clock.now(), PARTICIPANTS)
    test.clock.advance(83_000)
    await journal.closed(closed('completed', 83_000))
    const message = {
      id: anyString,
      conversationId: anyString,
      seq: 1,
      senderId: callerId,
      body: {
        kind: 'call',
        callId: opened.callId,
        callKind: 'video',
        outcome: 'completed',
        durationMs: 83_000,
      },
      createdAt: test.clock.now(),
    }
    expect(await onlyConversation(ann)).toMatchObject({ lastMessage: message, lastSeq: 1 })
    expect(await onlyConversation(bob)).toMatchObject({ lastMessage: message, lastSeq: 1 })
    expect(pushes.map(({ userId, push }) => [userId, push.type])).toEqual([
      [callerId, 'feed.item'],
      [calleeId, 'feed.item'],
    ])
  })

  const unread: Record<RecordedOutcome, [caller: number, callee: number]> = {
    completed: [0, 0],
    rejected: [0, 0],
    cancelled: [0, 0],
    unanswered: [0, 1],
    busy: [0, 1],
    failed: [0, 0],
  }
  it.each(RECORDED_OUTCOMES)(
    'that ended as %s counts as unread for who missed it',
    async (outcome) => {
      const { ann, bob, journal, opened, closed } = await createCallers()
      await journal.opened(opened)
      await journal.closed(closed(outcome))
      expect([
        (await onlyConversation(ann))?.unread,
        (await onlyConversation(bob))?.unread,
      ]).toEqual(unread[outcome])
    },
  )

  it('is written once however often the call is closed, with the first outcome', async () => {
    const { test, ann, journal, opened, closed, pushes } = await createCallers()
    await journal.opened(opened)
    await journal.closed(closed('cancelled'))
    await Promise.all([
      journal.closed(closed('unanswered')),
      journal.closed(closed('completed', 1)),
    ])
    expect(await onlyConversation(ann)).toMatchObject({
      lastSeq: 1,
      lastMessage: { body: { outcome: 'cancelled' } },
    })
    expect(pushes).toHaveLength(2)
    expect(test.rows('SELECT outcome FROM calls')).toMatchObject([{ outcome: 'cancelled' }])
  })

  it('is written for a call that never rang', async () => {
    const { ann, journal, closed } = await createCallers()
    await journal.closed(closed('busy'))
    expect(await onlyConversation(ann)).toMatchObject({
      lastMessage: { body: { outcome: 'busy' } },
    })
  })

  it('and the row of the call close together or not at all', async () => {
    const { test, ann, journal, opened, closed } = await createCallers()
    await journal.opened(opened)
    const broken = { ...closed('cancelled'), calleeId: uuidv7() }
    await expect(journal.closed(broken)).rejects.toThrow(/foreign key/i)
    expect(test.rows('SELECT closed_at FROM calls')).toMatchObject([{ closed_at: null }])
    expect((await ann.get('/api/conversations')).body).toEqual({ conversations: [] })
  })

  it.each([
    ['before', ['hide', 'open']],
    ['during', ['open', 'hide']],
  ] as const)(
    'is not hidden by a text that the caller sends under the id of the call, %s it',
    async (_when, order) => {
      const { test, ann, bob, calleeId, callerId, journal, opened, closed } = await createCallers()
      const steps = {
        open: () => journal.opened(opened),
        hide: () =>
          test.app.chat.appendMessage({
            between: [callerId, calleeId],
            senderId: callerId,
            body: { kind: 'text', text: 'nothing to see here' },
            id: opened.callId,
            createdAt: test.clock.now(),
          }),
      }
      for (const step of order) await steps[step]()
      await journal.closed(closed('unanswered'))
      for (const tab of [ann, bob]) {
        expect(await onlyConversation(tab)).toMatchObject({
          lastSeq: 2,
          lastMessage: { body: { callId: opened.callId, outcome: 'unanswered' } },
        })
      }
    },
  )
})

describe('[CA6] the text of a declined call', () => {
  it('is a message of the chat from who declined', async () => {
    const { ann, callerId, calleeId, journal, opened, closed } = await createCallers()
    await journal.opened(opened)
    await journal.closed(closed('rejected'))
    await journal.rejectText({
      id: uuidv7(),
      senderId: calleeId,
      receiverId: callerId,
      text: '在开会',
    })
    expect(await onlyConversation(ann)).toMatchObject({
      lastSeq: 2,
      unread: 1,
      lastMessage: { senderId: calleeId, body: { kind: 'text', text: '在开会' } },
    })
  })
})

describe('[CA13] calls of a server that died', () => {
  it('are closed at the next start with their true outcome, one record each', async () => {
    const { test, journal, opened, closed } = await createCallers()
    const invitedAt = test.clock.now()
    const talking = { ...opened, callId: uuidv7() }
    const over = { ...opened, callId: uuidv7() }
    await journal.opened(opened)
    await journal.opened(talking)
    await journal.accepted(talking.callId, invitedAt + 5_000, PARTICIPANTS)
    await journal.opened(over)
    await journal.closed({ ...closed('cancelled'), callId: over.callId })
    test.clock.advance(600_000)
    await test.app.close()

    const next = await createTestApp({ dataDir: test.dataDir, clock: test.clock })
    // Who talked has the grace to come back; nobody does [CA14].
    test.clock.advance(LEG_GRACE_MS)
    await next.app.calls.flushed()
    const records = next
      .rows('SELECT body, created_at FROM messages ORDER BY seq')
      .map(({ body, created_at: at }) => [JSON.parse(String(body)) as unknown, at])
    const record = { kind: 'call', callKind: 'video' }
    expect(records).toEqual([
      [{ ...record, callId: over.callId, outcome: 'cancelled', durationMs: 0 }, invitedAt],
      [
        { ...record, callId: opened.callId, outcome: 'unanswered', durationMs: 0 },
        invitedAt + 60_000,
      ],
      [
        {
          ...record,
          callId: talking.callId,
          outcome: 'failed',
          durationMs: 595_000 + LEG_GRACE_MS,
        },
        test.clock.now(),
      ],
    ])
    expect(next.rows('SELECT id FROM calls WHERE closed_at IS NULL')).toEqual([])
    expect(await next.app.journal.open()).toEqual([])
  })
})

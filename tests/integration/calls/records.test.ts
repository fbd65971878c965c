import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import { LEG_GRACE_MS, LEG_UNLOAD_GRACE_MS, RING_TIMEOUT_MS } from '#shared/limits.ts'
import { ring, talk } from '../../support/calls/rawCall.ts'
import { createPort, type Member, type Port } from '../../support/server/port.ts'
import { createTestClock } from '../../support/server/testClock.ts'
import { createTempDir, createTestApp } from '../../support/server/testApp.ts'
import { recordsOf } from '../../support/headless/talk.ts'

const PING = { received: 0 }
const DEMO_WHO_IS_OFFLINE = 2

/** What the conversations of these two show of each other, first the caller's. */
async function seenBy(port: Port, caller: Member, callee: Member) {
  await port.server.app.calls.flushed()
  const list = async ({ browser }: Member) => {
    const { body } = await browser.get('/api/conversations')
    const { conversations } = body as { conversations: { unread: number; lastMessage: object }[] }
    return conversations.map(({ unread, lastMessage }) => ({ unread, lastMessage }))
  }
  return [await list(caller), await list(callee)]
}

describe('[CA13] a call leaves one record that both see', () => {
  it('completed: how long they talked, by the server’s clock, and nobody has to look', async () => {
    const port = await createPort()
    const { callId, caller, callee } = await talk(port)
    port.server.clock.advance(83_000)
    await callee.tab.ask('call.hangup', { callId })
    const body = {
      kind: 'call',
      callId,
      callKind: 'audio',
      outcome: 'completed',
      durationMs: 83_000,
    }
    const message = { unread: 0, lastMessage: { senderId: caller.id, body } }
    expect(await seenBy(port, caller, callee)).toMatchObject([[message], [message]])
  })

  it('cancelled: the callee need not look', async () => {
    const port = await createPort()
    const { callId, caller, callee } = await ring(port)
    await caller.tab.ask('call.cancel', { callId })
    const message = { unread: 0, lastMessage: { body: { outcome: 'cancelled', durationMs: 0 } } }
    expect(await seenBy(port, caller, callee)).toMatchObject([[message], [message]])
  })

  it('unanswered, after 60 s: the callee has one to look at', async () => {
    const port = await createPort()
    const { callId, caller, callee } = await ring(port, 'video')
    port.server.clock.advance(RING_TIMEOUT_MS)
    for (const { tab } of [caller, callee]) {
      expect((await tab.pushed('call.closed')).body).toEqual({
        callId,
        outcome: 'unanswered',
        durationMs: 0,
      })
    }
    const lastMessage = { body: { callKind: 'video', outcome: 'unanswered' } }
    expect(await seenBy(port, caller, callee)).toMatchObject([
      [{ unread: 0, lastMessage }],
      [{ unread: 1, lastMessage }],
    ])
  })

  it('busy: the callee, who talks to another one, has one to look at', async () => {
    const port = await createPort()
    const { callee } = await talk(port)
    const third = await port.person(3)
    const callId = uuidv7()
    const reply = await third.tab.ask('call.invite', { callId, calleeId: callee.id, kind: 'audio' })
    expect(reply.body).toMatchObject({ status: 'closed', outcome: 'busy' })
    const lastMessage = { body: { callId, outcome: 'busy' } }
    expect(await seenBy(port, third, callee)).toMatchObject([
      [{ unread: 0, lastMessage }],
      [{ unread: 1, lastMessage }],
    ])
  })

  it('unanswered by somebody who was not there: it waits for them', async () => {
    const port = await createPort()
    const caller = await port.person(1)
    const browser = await port.server.demo(DEMO_WHO_IS_OFFLINE)
    const { body } = await browser.get('/api/session')
    const { id } = body as { id: string }
    const reply = await caller.tab.ask('call.invite', {
      callId: uuidv7(),
      calleeId: id,
      kind: 'audio',
    })
    expect(reply.body).toMatchObject({ status: 'ringing', reach: 'offline' })
    port.server.clock.advance(RING_TIMEOUT_MS)
    await caller.tab.pushed('call.closed')
    const tab = await port.tab(browser)
    const [, seen] = await seenBy(port, caller, { browser, id, tab })
    expect(seen).toMatchObject([{ unread: 1, lastMessage: { body: { outcome: 'unanswered' } } }])
  })

  it('is pushed to every tab of both', async () => {
    const port = await createPort()
    const { callId, caller, callee } = await ring(port)
    const other = await port.tab(callee.browser)
    await caller.tab.ask('call.cancel', { callId })
    for (const tab of [caller.tab, callee.tab, other]) {
      const { body } = await tab.pushed('feed.item')
      expect(body).toMatchObject({ entry: { message: { body: { kind: 'call', callId } } } })
    }
  })

  it('whatever is said after the end', async () => {
    const port = await createPort()
    const { callId, caller, callee } = await talk(port)
    for (const type of ['call.hangup', 'call.cancel', 'call.hangup', 'call.reject']) {
      await caller.tab.ask(type, { callId })
      await callee.tab.ask(type, { callId })
    }
    await port.server.app.calls.flushed()
    expect(await recordsOf(caller, callee)).toHaveLength(1)
    expect(await recordsOf(callee, caller)).toHaveLength(1)
  })
})

describe('[CA13] a server that died in the middle', () => {
  /** What the next life of the server makes of a call of this one that nobody comes back to. */
  async function afterDeath(
    prepare: (port: Port) => Promise<{ caller: Member; callee: Member }>,
    deadMs: number,
  ) {
    const dataDir = await createTempDir()
    const port = await createPort({ dataDir })
    const { caller, callee } = await prepare(port)
    await port.server.app.calls.flushed()
    const { clock } = port.server
    await port.server.app.close()
    clock.advance(deadMs)
    const next = await createTestApp({ dataDir, clock })
    clock.advance(LEG_GRACE_MS)
    await next.app.calls.flushed()
    const browser = await next.demo(1)
    return { records: await recordsOf({ browser }, callee), caller, callee }
  }

  it('while it rang, for longer than it may ring: unanswered', async () => {
    const { records } = await afterDeath((port) => ring(port), RING_TIMEOUT_MS)
    expect(records).toMatchObject([{ outcome: 'unanswered', durationMs: 0 }])
  })

  it('[CA10] while it rang, and the caller does not come back: cancelled', async () => {
    const { records } = await afterDeath((port) => ring(port), 10_000)
    expect(records).toMatchObject([{ outcome: 'cancelled', durationMs: 0 }])
  })

  it('while they talked, and nobody comes back: failed, with the grace', async () => {
    const { records } = await afterDeath((port) => talk(port), 10_000)
    expect(records).toMatchObject([{ outcome: 'failed', durationMs: 10_000 + LEG_GRACE_MS }])
  })
})

describe('[CA13] a server whose clock is set during a call', () => {
  const HOUR_MS = 3_600_000

  it.each([HOUR_MS, -3 * HOUR_MS])('by %d ms counts what has passed', async (byMs) => {
    const port = await createPort()
    const { callId, caller, callee } = await talk(port)
    const told = async () => {
      const { body } = await caller.tab.ask('ping', PING)
      return (body as { serverNow: number }).serverNow
    }
    const before = await told()
    port.server.clock.advance(60_000)
    port.server.clock.set(byMs)
    port.server.clock.advance(5_000)
    // The tabs count by what they are told.
    expect((await told()) - before).toBe(65_000)
    await callee.tab.ask('call.hangup', { callId })
    const closed = await caller.tab.pushed('call.closed')
    expect(closed.body).toMatchObject({ outcome: 'completed', durationMs: 65_000 })
    expect(await told()).toBe(port.server.clock.now())
  })
})

describe('[CA10] a leg whose socket is lost in the talk', () => {
  it('is away for 30 s, then the call has failed', async () => {
    const port = await createPort()
    const { callId, caller, callee } = await talk(port)
    callee.tab.socket.terminate()
    expect((await caller.tab.pushed('call.peer')).body).toEqual({ callId, presence: 'away' })
    port.server.clock.advance(LEG_GRACE_MS - 1)
    await caller.tab.ask('ping', PING)
    expect(port.server.app.calls.liveCount).toBe(1)
    port.server.clock.advance(1)
    expect((await caller.tab.pushed('call.closed')).body).toMatchObject({ outcome: 'failed' })
  })

  it('is away no longer than that, though a timer is a moment earlier than the clock', async () => {
    const clock = createTestClock()
    const after: typeof clock.after = (ms, run) => clock.after(Math.max(0, ms - 1), run)
    const port = await createPort({ clock: { ...clock, after } })
    const { caller, callee } = await talk(port)
    callee.tab.socket.terminate()
    await caller.tab.pushed('call.peer')
    clock.advance(LEG_GRACE_MS - 1)
    expect((await caller.tab.pushed('call.closed')).body).toMatchObject({ outcome: 'failed' })
  })

  it('that said that it unloads is away for 8 s', async () => {
    const port = await createPort()
    const { callId, caller, callee } = await talk(port)
    await callee.tab.ask('bye')
    callee.tab.socket.close()
    expect((await caller.tab.pushed('call.peer')).body).toEqual({ callId, presence: 'left' })
    port.server.clock.advance(LEG_UNLOAD_GRACE_MS - 1)
    await caller.tab.ask('ping', PING)
    expect(port.server.app.calls.liveCount).toBe(1)
    port.server.clock.advance(1)
    expect((await caller.tab.pushed('call.closed')).body).toMatchObject({ outcome: 'failed' })
  })

  it('whose browser says that it goes is away for 8 s, though its bye did not get out', async () => {
    const port = await createPort()
    const { callId, caller, callee } = await talk(port)
    callee.tab.socket.close(1001)
    expect((await caller.tab.pushed('call.peer')).body).toEqual({ callId, presence: 'left' })
    port.server.clock.advance(LEG_UNLOAD_GRACE_MS)
    expect((await caller.tab.pushed('call.closed')).body).toMatchObject({ outcome: 'failed' })
  })

  it('that logged out is away for 8 s too', async () => {
    const port = await createPort()
    const { caller, callee } = await talk(port)
    await callee.browser.delete('/api/session')
    await caller.tab.pushed('call.peer')
    port.server.clock.advance(LEG_UNLOAD_GRACE_MS)
    expect((await caller.tab.pushed('call.closed')).body).toMatchObject({ outcome: 'failed' })
  })

  it('that comes back is back, and gets in order what was said meanwhile', async () => {
    const port = await createPort()
    const { callId, caller, callee } = await talk(port)
    const { legId, deviceId } = callee.tab
    const { body } = await callee.tab.hello()
    const { body: pong } = await callee.tab.ask('ping', PING)
    const before = Number(pong?.['sent'])
    callee.tab.socket.terminate()
    await caller.tab.pushed('call.peer')
    for (const generation of [1, 2, 3]) {
      const candidate = { candidate: '', sdpMid: '0', sdpMLineIndex: 0 }
      await caller.tab.ask('call.candidate', { callId, toLeg: legId, generation, candidate })
    }
    const back = await port.open(callee.browser)
    await back.hello({ legId, deviceId, received: before, epoch: body?.['epoch'] })
    await back.ask('ping', PING)
    const numbers = back.pushes.map(({ n }) => n)
    expect(numbers).toEqual(numbers.map((_, index) => before + 1 + index))
    const generations = back.pushes.map(({ body: said }) => said?.['generation'])
    expect(generations.filter((one) => one !== undefined)).toEqual([1, 2, 3])
    await caller.tab.ask('ping', PING)
    expect(caller.tab.pushes.map(({ body: said }) => said)).toContainEqual({
      callId,
      presence: 'back',
    })
  })
})

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { asTrack, FakeTrack } from '../../../support/peer/FakeTrack.ts'
import { createTwoSessions, SPEAKING } from '../../../support/peer/twoSessions.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const pass = (ms = 1_000) => vi.advanceTimersByTimeAsync(ms)

async function talking() {
  const two = createTwoSessions()
  two.caller.session.offer()
  two.caller.session.say(SPEAKING)
  two.callee.session.say(SPEAKING)
  await pass()
  return two
}

describe('closing', () => {
  it('before it began is safe, and it never begins', async () => {
    const { caller, callee } = createTwoSessions()
    caller.session.close()
    caller.session.close()
    caller.session.offer()
    await pass()
    expect(caller.connections).toHaveLength(0)
    expect(callee.connections).toHaveLength(0)
  })

  it.each(Array.from({ length: 25 }, (_, steps) => ({ steps })))(
    'after $steps turns of the setting-up leaves nothing open and says nothing more',
    async ({ steps }) => {
      const { caller, callee, network } = createTwoSessions()
      caller.session.offer()
      for (let step = 0; step < steps; step += 1) await Promise.resolve()
      callee.session.close()
      callee.session.close()
      caller.session.close()
      const before = [caller.sent.length, callee.sent.length, caller.links.length]
      await pass(60_000)
      expect([caller.sent.length, callee.sent.length, caller.links.length]).toEqual(before)
      expect(network.ends.size).toBe(0)
      expect(vi.getTimerCount()).toBe(0)
    },
  )

  it.each([0, 1, 5, 8, 12, 20])(
    'after %i ms of the setting-up leaves nothing open and says nothing more',
    async (ms) => {
      const { caller, callee, network } = createTwoSessions()
      caller.session.offer()
      await pass(ms)
      caller.session.close()
      callee.session.close()
      const before = [caller.sent.length, callee.sent.length, callee.links.length]
      await pass(60_000)
      expect([caller.sent.length, callee.sent.length, callee.links.length]).toEqual(before)
      expect(network.ends.size).toBe(0)
      expect(vi.getTimerCount()).toBe(0)
    },
  )

  it('is final: no signal, track or state revives it', async () => {
    const { caller, callee, network } = await talking()
    callee.session.close()
    const before = callee.sent.length
    callee.session.offer()
    callee.session.say(SPEAKING)
    callee.session.replaceTrack('audio', asTrack(new FakeTrack('audio')))
    for (const signal of caller.sent) callee.session.handle(signal)
    await pass(10_000)
    expect(callee.sent).toHaveLength(before)
    expect(callee.connections).toHaveLength(1)
    expect(callee.connection.getSenders().map(({ track }) => track)).toEqual([null, null, null])
    caller.session.close()
    expect(network.ends.size).toBe(0)
  })
})

describe('hanging up', () => {
  it('is heard by the other side as the last word', async () => {
    const { caller, callee } = await talking()
    caller.session.hangUp()
    await pass()
    expect(callee.heard.at(-1)).toMatchObject({ accepted: true, hungUp: true })
  })

  it('is heard though the first two packets of it are lost', async () => {
    const { network, caller, callee } = await talking()
    let lost = 0
    network.fate = (text) => {
      lost += Number(text.includes('"hungUp":true'))
      return Number(lost > 2 || lost === 0)
    }
    caller.session.hangUp()
    await pass()
    expect(callee.heard.at(-1)).toMatchObject({ hungUp: true })
  })

  it('takes the tracks away at once and closes soon after', async () => {
    const { caller, network } = await talking()
    caller.session.replaceTrack('audio', asTrack(new FakeTrack('audio')))
    await pass()
    caller.session.hangUp()
    await pass(0)
    expect(caller.connection.getSenders().map(({ track }) => track)).toEqual([null, null, null])
    await pass(500)
    expect(caller.connection.signalingState).toBe('closed')
    expect([...network.ends]).not.toContain(caller.connection)
  })

  it('twice, or before anything was said, closes all the same', async () => {
    const { caller, callee, network } = createTwoSessions()
    callee.session.hangUp()
    caller.session.offer()
    caller.session.hangUp()
    caller.session.hangUp()
    await pass(60_000)
    expect(network.ends.size).toBe(0)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('hears nothing more of the other side', async () => {
    const { caller, callee } = await talking()
    caller.session.hangUp()
    const before = caller.heard.length
    callee.session.say({ ...SPEAKING, camera: true })
    await pass()
    expect(caller.heard).toHaveLength(before)
    callee.session.close()
  })

  it('leaves no timer', async () => {
    const { caller, callee } = await talking()
    caller.session.hangUp()
    callee.session.hangUp()
    await pass(5_000)
    expect(vi.getTimerCount()).toBe(0)
  })
})

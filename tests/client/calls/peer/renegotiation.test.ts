import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { playToggles, toggle } from '../../../support/peer/toggling.ts'
import { createTwoSessions } from '../../../support/peer/twoSessions.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const pass = (ms = 1_000) => vi.advanceTimersByTimeAsync(ms)

describe('two offers that cross', () => {
  it('[F22] the callee gives way and both end on one description', async () => {
    const { caller, callee } = createTwoSessions()
    caller.session.offer()
    await pass()
    caller.isHolding = true
    callee.isHolding = true
    caller.connection.restartIce()
    callee.connection.restartIce()
    await pass()
    expect(caller.connection.signalingState).toBe('have-local-offer')
    expect(callee.connection.signalingState).toBe('have-local-offer')
    const calleesOffer = callee.connection.localDescription
    caller.release()
    callee.release()
    await pass()
    for (const { connection } of [caller, callee]) expect(connection.signalingState).toBe('stable')
    expect(caller.connection.remoteDescription).not.toEqual(calleesOffer)
    expect(callee.sent.filter(({ type }) => type === 'answer')).not.toHaveLength(0)
  })

  it.each([
    ['caller', 'callee'],
    ['callee', 'caller'],
  ] as const)('[F22] end well when those of the %s come first', async (first, second) => {
    const both = createTwoSessions()
    const { caller, callee } = both
    caller.session.offer()
    await pass()
    caller.isHolding = true
    callee.isHolding = true
    caller.connection.restartIce()
    callee.connection.restartIce()
    await pass()
    // What the one sent waits at the other.
    both[second].release()
    await pass()
    both[first].release()
    await pass(5_000)
    expect(caller.connection.signalingState).toBe('stable')
    expect(callee.connection.signalingState).toBe('stable')
  })
})

describe('a path that breaks', () => {
  it('is reconnecting while it may come back, and failed when it does not', async () => {
    const { network, caller } = createTwoSessions()
    caller.session.offer()
    await pass()
    network.cut()
    expect(caller.session.link).toBe('reconnecting')
    network.fail()
    expect(caller.session.link).toBe('failed')
  })

  it('comes back by a restart of ICE from both sides at once', async () => {
    const { network, caller, callee } = createTwoSessions()
    caller.session.offer()
    await pass()
    network.cut()
    network.fail()
    network.mend()
    await pass(10_000)
    expect(caller.session.link).toBe('connected')
    expect(callee.session.link).toBe('connected')
  })
})

it('[F27] both toggle what they send and seek other paths at once: both end as they want to', async () => {
  const property = fc.asyncProperty(fc.array(toggle, { maxLength: 12 }), async (acts) => {
    for (const { state, link, sent, wanted } of await playToggles(acts)) {
      expect({ state, link, sent }).toEqual({ state: 'stable', link: 'connected', sent: wanted })
    }
  })
  await fc.assert(property, { numRuns: 200 })
})

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { asTrack, FakeTrack } from '../../../support/peer/FakeTrack.ts'
import { createRoom, leg, pass, type Peer } from '../../../support/peer/room.ts'
import { SPEAKING } from '../../../support/peer/twoSessions.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const states = ({ connections }: Peer) => connections.map(({ connectionState }) => connectionState)

/** It rings between two of whom neither has allowed a device so far. */
async function ringing(options = { resolvesNames: false }) {
  const { add } = createRoom(options)
  const [caller, callee] = [add('caller'), add('callee')]
  callee.legs.open(leg('caller'), { offers: false })
  caller.legs.open(leg('callee'), { offers: true })
  await pass()
  return { caller, callee }
}

async function answered(options?: { resolvesNames: boolean }) {
  const both = await ringing(options)
  const { caller, callee } = both
  caller.legs.adopt(leg('callee'), { offers: true })
  callee.legs.adopt(leg('caller'), { offers: false })
  await pass()
  return both
}

describe('where nobody resolves the names that the browser shows before a device is allowed', () => {
  it('nothing connects before', async () => {
    const { caller, callee } = await answered()
    expect([states(caller), states(callee)]).not.toContainEqual(['connected'])
  })

  it('the caller who allows one while it rings is connected before the answer', async () => {
    const { caller, callee } = await ringing()
    caller.allow()
    await pass(100)
    expect(states(caller)).toEqual(['closed', 'connected'])
    expect(states(callee)).toEqual(['closed', 'connected'])
  })

  it.each(['caller', 'callee'] as const)(
    'the two are connected at once when the %s allows one in the call',
    async (who) => {
      const both = await answered()
      const voice = asTrack(new FakeTrack('audio'))
      both.caller.legs.say(SPEAKING)
      both.callee.legs.sendTrack('audio', voice)
      both[who].allow()
      await pass(100)
      expect(states(both.caller)).toEqual(['closed', 'connected'])
      expect(states(both.callee)).toEqual(['closed', 'connected'])
      expect(both.callee.sending()).toEqual([voice])
      await pass()
      expect(both.callee.heard.at(-1)).toContain('"accepted":true')
    },
  )

  it('the caller’s connection counts when both allow one at once, and it is the last one', async () => {
    const { caller, callee } = await answered()
    caller.allow()
    callee.allow()
    await pass(100)
    expect(states(caller)).toEqual(['closed', 'connected'])
    expect(states(callee)).toEqual(['closed', 'closed', 'connected'])
    caller.connections.at(-1)?.restartIce()
    callee.connections.at(-1)?.restartIce()
    await pass(30_000)
    expect([states(caller), states(callee)]).toEqual([
      ['closed', 'connected'],
      ['closed', 'closed', 'connected'],
    ])
  })

  it('each allows one after the other, and the first to do so has connected them', async () => {
    const { caller, callee } = await answered()
    callee.allow()
    await pass(100)
    caller.allow()
    await pass(30_000)
    expect([states(caller), states(callee)]).toEqual([
      ['closed', 'connected'],
      ['closed', 'connected'],
    ])
  })
})

describe('a device that is allowed', () => {
  it('changes nothing where the two are connected', async () => {
    const { caller, callee } = await answered({ resolvesNames: true })
    for (const side of [caller, callee]) side.allow()
    await pass(30_000)
    expect([states(caller), states(callee)]).toEqual([['connected'], ['connected']])
  })
})

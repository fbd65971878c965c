import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { asTrack, FakeTrack } from '../../../support/peer/FakeTrack.ts'
import { createRoom, freezeSound, leg, pass, type Peer } from '../../../support/peer/room.ts'
import { SPEAKING } from '../../../support/peer/twoSessions.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a standby', () => {
  const TURN = [{ urls: ['turn:relay.test'] }]

  async function talking(servers: typeof TURN) {
    const { network, add } = createRoom()
    const [caller, callee] = [add('caller'), add('callee')]
    for (const { legs } of [caller, callee]) legs.useIceServers(servers)
    callee.legs.open(leg('caller'), { offers: false })
    caller.legs.open(leg('callee'), { offers: true })
    await pass()
    caller.legs.adopt(leg('callee'), { offers: true })
    callee.legs.adopt(leg('caller'), { offers: false })
    for (const { legs } of [caller, callee]) legs.say(SPEAKING)
    await pass(5_000)
    return { network, caller, callee }
  }
  const relayed = ({ made }: Peer) => made.map(({ relayOnly }) => relayOnly)

  it('stands beside the connection of a talk, through TURN only, and is silent', async () => {
    const { caller, callee } = await talking(TURN)
    caller.legs.sendTrack('audio', asTrack(new FakeTrack('audio')))
    expect([relayed(caller), relayed(callee)]).toEqual([
      [false, true],
      [false, true],
    ])
    await pass()
    expect(caller.connections.map(({ connectionState }) => connectionState)).toEqual([
      'connected',
      'connected',
    ])
    expect(caller.sending()).toHaveLength(1)
    expect(callee.heard.filter((said) => said.includes('true'))).not.toEqual([])
    caller.legs.hangUp()
    callee.legs.hangUp()
    await pass()
    expect(caller.connections.map(({ signalingState }) => signalingState)).toEqual([
      'closed',
      'closed',
    ])
  })

  it('is where the peer is heard while this side listens there, though nobody knows the first as lost', async () => {
    const { network, caller, callee } = await talking(TURN)
    freezeSound(callee.connections)
    network.fate = (text) => Number(text.includes('"listens"'))
    await pass(300)
    caller.legs.say({ ...SPEAKING, microphone: false })
    await pass(300)
    expect(callee.heard.at(-1)).toContain('"microphone":false')
    expect(callee.links.at(-1)).toBe('caller connected')
    caller.legs.hangUp()
    callee.legs.hangUp()
  })

  it('is not there without a TURN server', async () => {
    const { caller, callee } = await talking([])
    expect([relayed(caller), relayed(callee)]).toEqual([[false], [false]])
    caller.legs.hangUp()
    callee.legs.hangUp()
  })
})

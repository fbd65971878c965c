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

/** A caller who rings at three tabs of the callee. */
async function ringing() {
  const { network, add } = createRoom()
  const caller = add('caller')
  const tabs = ['one', 'two', 'three'].map((name) => add(name))
  const [one, two, three] = tabs
  if (one === undefined || two === undefined || three === undefined) throw new Error('three tabs')
  for (const tab of tabs) tab.legs.open(leg('caller'), { offers: false })
  for (const name of ['one', 'two', 'three']) caller.legs.open(leg(name), { offers: true })
  await pass()
  return { network, caller, one, two, three, tabs }
}

const voice = () => asTrack(new FakeTrack('audio'))
const states = ({ connections }: Peer) => connections.map(({ connectionState }) => connectionState)

describe('while it rings', () => {
  it('connects to each leg, and sends nothing on any [CA17]', async () => {
    const { caller, tabs } = await ringing()
    caller.legs.sendTrack('audio', voice())
    for (const tab of tabs) tab.legs.sendTrack('audio', voice())
    await pass()
    expect(states(caller)).toEqual(['connected', 'connected', 'connected'])
    expect([caller, ...tabs].flatMap((peer) => peer.sending())).toEqual([])
  })

  it('plays nothing of anybody', async () => {
    const { caller, one } = await ringing()
    expect([caller.legs.remoteAudio.value, caller.legs.remoteVideo.value]).toEqual([null, null])
    expect([one.legs.remoteAudio.value, one.legs.remoteVideo.value]).toEqual([null, null])
  })

  it('opens one connection a leg, however often it is told to', async () => {
    const { caller } = await ringing()
    caller.legs.open(leg('one'), { offers: true })
    await pass()
    expect(caller.connections).toHaveLength(3)
  })

  it('connects to nobody who was not opened', async () => {
    const { add } = createRoom()
    const stranger = add('stranger')
    const someone = add('someone')
    stranger.legs.open(leg('someone'), { offers: true })
    await pass(10_000)
    expect(someone.connections).toEqual([])
  })

  it('takes the servers that came between the opening and the offer', async () => {
    const { add } = createRoom()
    const caller = add('caller')
    const callee = add('callee')
    callee.legs.open(leg('caller'), { offers: false })
    const servers = [{ urls: ['stun:stun.example.org'] }]
    callee.legs.useIceServers(servers)
    caller.legs.open(leg('callee'), { offers: true })
    await pass()
    expect(callee.made).toEqual([{ iceServers: servers, relayOnly: false }])
  })
})

describe('when a leg has answered', () => {
  it('tracks go out on its connection, and the others close', async () => {
    const { caller, two, one } = await ringing()
    const [mine, theirs] = [voice(), voice()]
    caller.legs.sendTrack('audio', mine)
    two.legs.sendTrack('audio', theirs)
    caller.legs.adopt(leg('two'), { offers: true })
    two.legs.adopt(leg('caller'), { offers: false })
    await pass()
    expect(states(caller)).toEqual(['closed', 'connected', 'closed'])
    expect(caller.sending()).toEqual([mine])
    expect(two.sending()).toEqual([theirs])
    expect(one.sending()).toEqual([])
  })

  it('a track that comes later goes out as soon as it is there', async () => {
    const { caller } = await ringing()
    caller.legs.adopt(leg('two'), { offers: true })
    await pass()
    const late = voice()
    caller.legs.sendTrack('audio', late)
    await pass()
    expect(caller.sending()).toEqual([late])
    caller.legs.sendTrack('audio', null)
    await pass()
    expect(caller.sending()).toEqual([])
  })

  it('its voice and picture appear, and stay the same streams through a renegotiation', async () => {
    const { caller, one } = await ringing()
    caller.legs.adopt(leg('one'), { offers: true })
    one.legs.adopt(leg('caller'), { offers: false })
    const { remoteAudio, remoteVideo } = one.legs
    const shown = [remoteAudio.value, remoteVideo.value]
    expect(shown.map((stream) => stream?.getTracks()[0]?.kind)).toEqual(['audio', 'video'])
    caller.connections[0]?.restartIce()
    await pass()
    expect([remoteAudio.value, remoteVideo.value]).toEqual(shown)
    expect(remoteAudio.value).toBe(shown[0])
  })

  it('says at once how its connection stands', async () => {
    const { caller } = await ringing()
    caller.links.length = 0
    caller.legs.adopt(leg('three'), { offers: true })
    expect(caller.links).toEqual(['three connected'])
  })

  it('its state is said on its connection only', async () => {
    const { caller, one, two } = await ringing()
    caller.legs.say(SPEAKING)
    await pass()
    expect([...one.heard, ...two.heard]).toEqual([])
    caller.legs.adopt(leg('two'), { offers: true })
    await pass()
    expect(one.heard).toEqual([])
    expect(two.heard[0]).toBe('caller {"accepted":true,"hungUp":false,"microphone":true}')
  })

  it('connects to it now when there was no early connection', async () => {
    const { add } = createRoom()
    const caller = add('caller')
    const callee = add('callee')
    const mine = voice()
    callee.legs.open(leg('caller'), { offers: false })
    caller.legs.sendTrack('audio', mine)
    caller.legs.adopt(leg('callee'), { offers: true })
    callee.legs.adopt(leg('caller'), { offers: false })
    await pass()
    expect(states(caller)).toEqual(['connected'])
    expect(caller.sending()).toEqual([mine])
  })

  it('[CA5] and the server names another one, begins anew with that one', async () => {
    const { caller, one, two } = await ringing()
    const [mine, theirs] = [voice(), voice()]
    caller.legs.sendTrack('audio', mine)
    caller.legs.say(SPEAKING)
    one.legs.sendTrack('audio', theirs)
    one.legs.adopt(leg('caller'), { offers: false })
    caller.legs.adopt(leg('two'), { offers: true })
    await pass()
    caller.legs.adopt(leg('one'), { offers: true })
    two.legs.drop('caller')
    await pass()
    expect(states(caller)).toEqual(['closed', 'closed', 'closed', 'connected'])
    expect(states(one)).toEqual(['closed', 'connected'])
    expect(caller.sending()).toEqual([mine])
    expect(one.sending()).toEqual([theirs])
    expect(one.heard.length).toBeGreaterThan(0)
    expect(one.legs.remoteAudio.value?.getTracks()[0]).toBe(
      one.connections[1]?.getTransceivers()[0]?.receiver.track,
    )
  })
})

describe('when it is over', () => {
  it('hanging up says so to who is there, closes all and shows nothing', async () => {
    const { network, caller, one } = await ringing()
    caller.legs.say(SPEAKING)
    caller.legs.adopt(leg('one'), { offers: true })
    one.legs.adopt(leg('caller'), { offers: false })
    await pass()
    caller.legs.hangUp()
    expect(caller.legs.remoteAudio.value).toBeNull()
    expect(caller.legs.remoteVideo.value).toBeNull()
    await pass()
    expect(one.heard.at(-1)).toBe('caller {"accepted":true,"hungUp":true,"microphone":true}')
    expect(states(caller)).toEqual(['closed', 'closed', 'closed'])
    expect([...network.ends].filter((end) => caller.connections.includes(end as never))).toEqual([])
  })

  it('[CA5] who drops a leg closes without a word', async () => {
    const { caller, one } = await ringing()
    one.legs.adopt(leg('caller'), { offers: false })
    one.legs.say(SPEAKING)
    await pass()
    const before = caller.heard.length
    one.legs.drop('caller')
    await pass()
    expect(caller.heard).toHaveLength(before)
    expect(states(one)).toEqual(['closed'])
  })

  it('nothing goes on into the next call but what the devices give', async () => {
    const { caller, one } = await ringing()
    const mine = voice()
    caller.legs.useIceServers([{ urls: ['stun:old.example.org'] }])
    caller.legs.sendTrack('audio', mine)
    caller.legs.say(SPEAKING)
    caller.legs.adopt(leg('one'), { offers: true })
    await pass()
    caller.legs.hangUp()
    one.legs.hangUp()
    await pass()
    const before = one.heard.length
    one.legs.open(leg('caller'), { offers: false })
    caller.legs.open(leg('one'), { offers: true })
    await pass(2_000)
    expect(one.heard).toHaveLength(before)
    expect(caller.made.at(-1)).toEqual({ iceServers: [], relayOnly: false })
    expect(caller.sending()).toEqual([])
    caller.legs.adopt(leg('one'), { offers: true })
    await pass()
    expect(caller.sending()).toEqual([mine])
  })

  it('no timer is left', async () => {
    const { caller, tabs } = await ringing()
    caller.legs.adopt(leg('one'), { offers: true })
    await pass()
    caller.legs.hangUp()
    for (const tab of tabs) tab.legs.hangUp()
    await pass(5_000)
    expect(vi.getTimerCount()).toBe(0)
  })
})

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { PeerState } from '#shared/protocol/peerState.ts'
import { asTrack, FakeTrack } from '../../../support/peer/FakeTrack.ts'
import { fakeSession, inCall, LEG, ready } from '../../../support/peer/standbyCall.ts'
import { SPEAKING } from '../../../support/peer/twoSessions.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)
const listening = { ...SPEAKING, listens: true } as unknown as PeerState

describe('a standby', () => {
  it('is made once the call stands, by who offers, and carries nothing', async () => {
    const call = await ready()
    expect(call.made).toHaveLength(1)
    expect(call.other).toMatchObject({ offers: true, generation: 1 })
    expect(call.other.told).toMatchObject({ sent: [], acts: ['offer'] })
    expect(call.standby.carrier).toBeNull()
    call.end()
  })

  it.each([
    ['there is no TURN server', { isPossible: () => false }],
    ['the other side offers', { offers: false }],
  ])('is not made where %s', async (_, surroundings) => {
    const call = inCall(surroundings)
    await pass(30_000)
    expect(call.made).toEqual([])
    call.end()
  })

  it('[F19] takes over within a quarter of a second when no sound comes, and sends there', async () => {
    const call = await ready()
    call.cut(true)
    await pass(250)
    expect(call.standby.carrier).toBe(call.other.leg)
    expect(call.other.told.sent).toEqual([['audio', call.voice]])
    expect(call.other.told.said.at(-1)).toMatchObject({ listens: true })
    expect(call.moves()).toBe(1)
    call.end()
  })

  it('is not needed in a pause of the talk, in which next to nothing is sent', async () => {
    const call = await ready()
    call.pause()
    await pass(10_000)
    expect(call.moves()).toBe(0)
    expect(call.standby.unheardMs).toBe(0)
    call.end()
  })

  it('[F19] is left when nothing comes on it either, and is no way until somebody answers there', async () => {
    const call = await ready()
    call.cut(true)
    call.other.path.answers = false
    await pass(1_500)
    expect(call.standby.carrier).toBeNull()
    expect(call.moves()).toBe(2)
    expect(call.standby.unheardMs).toBeGreaterThan(1_000)
    call.other.path.answers = true
    await pass(250)
    expect(call.standby.carrier).toBe(call.other.leg)
    call.end()
  })

  it('[F19] hears a path again that stands, also while it is said to be sought', async () => {
    const call = await ready()
    call.cut(true)
    call.other.path.answers = false
    await pass(1_000)
    // As the recovery does, which looks at nothing else.
    call.first.path.link = 'reconnecting'
    call.cut(false)
    await pass(200)
    expect(call.standby.unheardMs).toBe(0)
    call.end()
  })

  it('[F19] gives back at once what stands when it does not', async () => {
    const call = await ready()
    call.cut(true)
    await pass(400)
    expect(call.standby.carrier).toBe(call.other.leg)
    call.cut(false)
    call.other.path.answers = false
    await pass(900)
    expect(call.standby.carrier).toBeNull()
    call.end()
  })

  it('takes over when the browser knows that the path is lost, also of who is silent', async () => {
    const call = await ready({ isPeerSpeaking: () => false })
    call.cut(true)
    await pass(5_000)
    expect(call.standby.carrier).toBeNull()
    call.first.path.link = 'reconnecting'
    await pass(100)
    expect(call.standby.carrier).toBe(call.other.leg)
    call.end()
  })

  it('gives back what stands again, but not at once', async () => {
    const call = await ready()
    call.cut(true)
    await pass(500)
    call.cut(false)
    await pass(1_500)
    expect(call.standby.carrier).toBe(call.other.leg)
    await pass(1_000)
    expect(call.standby.carrier).toBeNull()
    expect(call.other.told.sent.at(-1)).toEqual(['audio', null])
    call.end()
  })

  it('is sent on where the peer listens there, whatever arrives here', async () => {
    const call = await ready()
    call.other.onState(listening)
    expect(call.other.told.sent).toEqual([['audio', call.voice]])
    const other = asTrack(new FakeTrack('audio'))
    call.standby.sendTrack('audio', other)
    expect(call.other.told.sent.at(-1)).toEqual(['audio', other])
    call.other.onState({ ...listening, listens: false })
    expect(call.other.told.sent.at(-1)).toEqual(['audio', null])
    expect(call.standby.carrier).toBeNull()
    call.end()
  })

  it('that does not stand is not listened to, and is made anew after a while', async () => {
    const call = await ready()
    call.other.path.link = 'failed'
    call.cut(true)
    await pass(1_000)
    expect(call.standby.carrier).toBeNull()
    call.cut(false)
    await pass(25_000)
    expect(call.made.map(({ generation }) => generation)).toEqual([1, 2])
    expect(call.other.told.acts).toEqual(['offer', 'close'])
    call.end()
  })

  it('that never comes about is tried ever more seldom', async () => {
    const call = inCall()
    await pass(10 * 60_000)
    // After 2 s, then 20, 40, 80 and 160 s more.
    expect(call.made.map(({ generation }) => generation)).toEqual([1, 2, 3, 4, 5])
    call.end()
  })

  it('is answered, a later one instead of it, and none for another page', () => {
    const call = inCall({ offers: false })
    const offer = (generation: number) =>
      ({ type: 'offer', standby: true, generation, sdp: '' }) as const
    call.standby.signal({ ...LEG, legId: 'another' }, offer(1))
    call.standby.signal(LEG, offer(1))
    call.standby.signal(LEG, offer(1))
    call.standby.signal(LEG, offer(2))
    expect(call.made.map(({ told }) => told.acts)).toEqual([
      ['take offer', 'take offer', 'close'],
      ['take offer'],
    ])
    call.end()
  })

  it('is hung up with the call, and no timer is left', async () => {
    const call = await ready()
    call.end()
    expect(call.other.told.acts).toEqual(['offer', 'hang up'])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('leads nowhere when the peer is on another page', async () => {
    const call = await ready()
    const next = fakeSession(true)
    call.standby.watch({ ...next.leg, leg: { ...LEG, legId: 'reloaded' } })
    expect(call.other.told.acts).toEqual(['offer', 'close'])
    call.end()
  })

  it('of a page that was reloaded is answered, though it counts from one again', async () => {
    const call = inCall({ offers: false })
    const offer = (generation: number) =>
      ({ type: 'offer', standby: true, generation, sdp: '' }) as const
    call.standby.signal(LEG, offer(3))
    const reloaded = { ...LEG, legId: 'reloaded' }
    call.standby.watch({ ...fakeSession(false).leg, leg: reloaded })
    call.standby.signal(reloaded, offer(1))
    await pass(100)
    expect(call.made.map(({ told }) => told.acts)).toEqual([
      ['take offer', 'close'],
      ['take offer'],
    ])
    call.end()
  })
})

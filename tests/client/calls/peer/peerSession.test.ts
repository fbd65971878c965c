import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { asTrack, FakeTrack } from '../../../support/peer/FakeTrack.ts'
import { createTwoSessions, type Side } from '../../../support/peer/twoSessions.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const pass = (ms = 1_000) => vi.advanceTimersByTimeAsync(ms)
const sentTracks = ({ connections }: Side) =>
  connections.flatMap((connection) => connection.getSenders().map(({ track }) => track))
const typesOf = ({ sent }: Side) => sent.map(({ type }) => type)

describe('an early connection', () => {
  it('connects without a track on either side [CA17]', async () => {
    const { caller, callee } = createTwoSessions()
    caller.session.offer()
    await pass()
    expect(caller.session.link).toBe('connected')
    expect(callee.session.link).toBe('connected')
    expect([...sentTracks(caller), ...sentTracks(callee)]).toEqual(Array(6).fill(null))
  })

  it('carries voice, camera and screen both ways from the first description on', async () => {
    const { caller, callee } = createTwoSessions()
    caller.session.offer()
    await pass()
    for (const { connection, tracks } of [caller, callee]) {
      const directions = connection.getTransceivers().map((one) => one.currentDirection)
      expect(directions).toEqual(['sendrecv', 'sendrecv', 'sendrecv'])
      expect([...tracks].map(([kind, track]) => [kind, track.kind])).toEqual([
        ['audio', 'audio'],
        ['camera', 'video'],
        ['screen', 'video'],
      ])
    }
  })

  it('begins once, however often it is asked to', async () => {
    const { caller, callee } = createTwoSessions()
    caller.session.offer()
    caller.session.offer()
    await pass()
    expect(caller.connections).toHaveLength(1)
    expect(callee.connections).toHaveLength(1)
    expect(typesOf(caller).filter((type) => type === 'offer')).toHaveLength(1)
  })

  it('says with each link that it is connecting, then connected', async () => {
    const { caller, callee } = createTwoSessions()
    caller.session.offer()
    await pass()
    expect(caller.links).toEqual(['connecting', 'connected'])
    expect(callee.links).toEqual(['connecting', 'connected'])
  })
})

describe('tracks', () => {
  it('go out on a standing connection without another description', async () => {
    const { caller, callee } = createTwoSessions()
    caller.session.offer()
    await pass()
    const [before, voice] = [caller.sent.length, asTrack(new FakeTrack('audio'))]
    caller.session.replaceTrack('audio', voice)
    await pass()
    expect(sentTracks(caller)).toEqual([voice, null, null])
    expect(caller.sent).toHaveLength(before)
    expect(callee.connection.signalingState).toBe('stable')
  })

  it('that came before the connection go out as soon as it is described', async () => {
    const { caller, callee } = createTwoSessions()
    const camera = asTrack(new FakeTrack('video'))
    callee.session.replaceTrack('camera', camera)
    caller.session.offer()
    await pass()
    expect(sentTracks(callee)).toEqual([null, camera, null])
  })

  it('that are sent again go out anew, without another description', async () => {
    const { caller } = createTwoSessions()
    const camera = asTrack(new FakeTrack('video'))
    caller.session.offer()
    caller.session.replaceTrack('camera', camera)
    await pass()
    const [, sender] = caller.connection.getSenders()
    const replaced: (MediaStreamTrack | null)[] = []
    const replaceTrack = sender?.replaceTrack.bind(sender)
    Object.assign(sender ?? {}, {
      replaceTrack: (track: MediaStreamTrack | null) => {
        replaced.push(track)
        return replaceTrack?.(track)
      },
    })
    const described = caller.sent.length
    caller.session.sendAgain('camera')
    await pass()
    expect(replaced).toEqual([null, camera])
    expect([sentTracks(caller)[1], caller.sent.length]).toEqual([camera, described])
  })

  it('of the moment count: what was replaced before it went out never does', async () => {
    const { caller } = createTwoSessions()
    const [first, second] = [asTrack(new FakeTrack('video')), asTrack(new FakeTrack('video'))]
    caller.session.offer()
    caller.session.replaceTrack('camera', first)
    caller.session.replaceTrack('camera', second)
    await pass()
    expect(sentTracks(caller)).toEqual([null, second, null])
    caller.session.replaceTrack('camera', null)
    await pass()
    expect(sentTracks(caller)).toEqual([null, null, null])
  })
})

describe('candidates', () => {
  it('[F4] that come before the offer wait for it, though the connection is stable', async () => {
    const { caller, callee } = createTwoSessions()
    callee.isHolding = true
    caller.session.offer()
    await pass()
    callee.release((held) => held.toReversed())
    await pass()
    expect(callee.session.link).toBe('connected')
  })

  it('[F4] that come before the answer wait for it', async () => {
    const { caller } = createTwoSessions()
    caller.isHolding = true
    caller.session.offer()
    await pass()
    expect(caller.connection.signalingState).toBe('have-local-offer')
    caller.release((held) => held.toReversed())
    await pass()
    expect(caller.session.link).toBe('connected')
  })

  it('[F4] that the browser refuses cost neither the others nor the answer', async () => {
    const { caller, callee } = createTwoSessions()
    callee.isHolding = true
    caller.session.offer()
    await pass()
    const broken = {
      candidate: 'candidate:?',
      sdpMid: '9',
      sdpMLineIndex: 9,
      usernameFragment: null,
    }
    callee.session.handle({ type: 'candidate', generation: 1, candidate: broken })
    callee.release()
    await pass()
    expect(callee.connection.knowsPeer).toBe(true)
    expect(caller.session.link).toBe('connected')
  })

  it('[F4] of another generation are not heard', async () => {
    const { caller, callee } = createTwoSessions()
    callee.isHolding = true
    caller.session.offer()
    await pass()
    callee.release((held) => held.map((signal) => ({ ...signal, generation: 2 })))
    await pass()
    expect(callee.connections).toHaveLength(0)
  })
})

describe('descriptions', () => {
  it('[F2] an offer without an answer is said again until it is answered', async () => {
    const { caller, callee } = createTwoSessions()
    callee.fate = ({ type }) => Number(type !== 'answer')
    caller.session.offer()
    await pass(10_000)
    expect(typesOf(caller).filter((type) => type === 'offer').length).toBeGreaterThan(2)
    expect(caller.session.link).toBe('connecting')
    callee.fate = () => 1
    await pass(4_000)
    expect(caller.session.link).toBe('connected')
  })

  it('[F2] the same offer gets the same answer again', async () => {
    const { caller, callee } = createTwoSessions()
    callee.fate = ({ type }) => Number(type !== 'answer')
    caller.session.offer()
    await pass(7_000)
    const answers = callee.sent.filter(({ type }) => type === 'answer')
    expect(answers.length).toBeGreaterThan(1)
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
  })

  it('is not said again once it is answered', async () => {
    const { caller } = createTwoSessions()
    caller.session.offer()
    await pass(30_000)
    expect(typesOf(caller).filter((type) => type === 'offer')).toHaveLength(1)
  })

  it('[F3] doubled in both directions, connect as if they were not', async () => {
    const { caller, callee } = createTwoSessions()
    caller.fate = () => 2
    callee.fate = () => 2
    caller.session.offer()
    await pass()
    expect(caller.session.link).toBe('connected')
    expect(callee.connections).toHaveLength(1)
    expect(caller.connection.signalingState).toBe('stable')
  })

  it('[F4] an answer that nobody asked for is dropped', async () => {
    const { caller, callee } = createTwoSessions()
    caller.session.offer()
    await pass()
    const answer = callee.sent.find(({ type }) => type === 'answer')
    expect(answer).toBeDefined()
    callee.sent
      .filter(({ type }) => type === 'answer')
      .forEach((late) => {
        caller.session.handle(late)
      })
    await pass()
    expect(caller.connection.signalingState).toBe('stable')
    expect(caller.session.link).toBe('connected')
  })

  it('[F4] a late answer to an old offer does not answer the new one', async () => {
    const { caller, callee } = createTwoSessions()
    caller.session.offer()
    await pass()
    const [old] = callee.sent.filter(({ type }) => type === 'answer')
    callee.isHolding = true
    caller.connection.restartIce()
    await pass()
    expect(caller.connection.signalingState).toBe('have-local-offer')
    caller.session.handle(old ?? { type: 'answer', generation: 1, sdp: '' })
    await pass()
    expect(caller.connection.signalingState).toBe('have-local-offer')
    callee.release()
    await pass()
    expect(caller.connection.signalingState).toBe('stable')
  })

  it('[F4] a late offer that was answered before does not undo what came after it', async () => {
    const { caller, callee } = createTwoSessions()
    caller.session.offer()
    await pass()
    const [old] = caller.sent.filter(({ type }) => type === 'offer')
    callee.connection.restartIce()
    await pass()
    const [before, said] = [callee.connection.localDescription, callee.sent.length]
    callee.session.handle(old ?? { type: 'offer', generation: 1, sdp: '' })
    await pass()
    expect(callee.connection.localDescription).toEqual(before)
    expect(callee.sent).toHaveLength(said)
  })

  it('a description that the browser refuses changes nothing', async () => {
    const { caller, callee } = createTwoSessions()
    callee.session.handle({ type: 'offer', generation: 1, sdp: 'v=0\r\nnonsense' })
    await pass()
    caller.session.offer()
    await pass()
    expect(caller.session.link).toBe('connected')
  })
})

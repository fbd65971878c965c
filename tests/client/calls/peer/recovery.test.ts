import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { LegSession } from '#client/calls/peer/legSessions.ts'
import { createRecovery, SILENT_MS } from '#client/calls/peer/recovery.ts'

const LEG = { legId: 'leg', deviceId: 'device' }

/** A connection whose path a test breaks and mends. */
function aSession(offers: boolean) {
  const session = {
    state: 'connected' as RTCPeerConnectionState,
    link: 'connected',
    bytes: 0,
    flows: true,
    restarts: [] as number[],
    isSilent: false,
    bytesReceived() {
      if (session.flows) session.bytes += 100
      return Promise.resolve(session.bytes)
    },
    setSilent(isSilent: boolean) {
      session.isSilent = isSilent
    },
    restartIce() {
      session.restarts.push(Date.now())
    },
  }
  return { session, one: { leg: LEG, session, offers, tracks: new Map() } as unknown as LegSession }
}

function aRecovery(offers: boolean, unheardMs = () => 0) {
  const { session, one } = aSession(offers)
  const renewed: string[] = []
  const recovery = createRecovery({
    renew: (legId) => renewed.push(legId),
    unheardMs,
    now: () => Date.now(),
  })
  recovery.watch(one)
  return { session, recovery, renewed, one }
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

describe('[F18] the recovery of a path', () => {
  it('leaves one that stands alone', async () => {
    const { session, renewed } = aRecovery(true)
    await pass(60_000)
    expect(session).toMatchObject({ restarts: [], isSilent: false })
    expect(renewed).toEqual([])
  })

  it('notices that nothing arrives long before the browser does, and restarts ICE', async () => {
    const { session } = aRecovery(true)
    await pass(5_000)
    session.flows = false
    await pass(SILENT_MS + 1_000)
    expect(session.isSilent).toBe(true)
    expect(session.restarts).toHaveLength(1)
  })

  it('believes a faster watch soon', async () => {
    let unheardMs = 0
    const { session } = aRecovery(true, () => unheardMs)
    await pass(5_000)
    unheardMs = 500
    await pass(1_000)
    expect(session.isSilent).toBe(false)
    unheardMs = 600
    await pass(500)
    expect(session).toMatchObject({ isSilent: true })
    expect(session.restarts).toHaveLength(1)
  })

  it('[F19] restarts at once on another network, also while the browser takes the path for good', async () => {
    let unheardMs = 0
    const { session, recovery } = aRecovery(true, () => unheardMs)
    await pass(5_000)
    recovery.wake()
    expect(session.restarts).toEqual([])
    unheardMs = 200
    recovery.wake()
    expect(session.restarts).toHaveLength(1)
  })

  it('is content as soon as something arrives again', async () => {
    const { session, renewed } = aRecovery(true)
    await pass(5_000)
    session.flows = false
    await pass(SILENT_MS + 1_000)
    session.flows = true
    await pass(30_000)
    expect(session.isSilent).toBe(false)
    expect(session.restarts).toHaveLength(1)
    expect(renewed).toEqual([])
  })

  it('gives a disconnected path two seconds to come back by itself', async () => {
    const { session } = aRecovery(true)
    await pass(5_000)
    session.state = 'disconnected'
    await pass(1_500)
    expect(session.restarts).toEqual([])
    await pass(1_500)
    expect(session.restarts).toHaveLength(1)
  })

  it('restarts a failed one at once, on the side that answers a second later', async () => {
    const [offering, answering] = [aRecovery(true), aRecovery(false)]
    await pass(5_000)
    for (const { session } of [offering, answering]) session.state = 'failed'
    await pass(500)
    expect(offering.session.restarts).toHaveLength(1)
    expect(answering.session.restarts).toEqual([])
    await pass(1_000)
    expect(answering.session.restarts).toHaveLength(1)
  })

  it('begins anew after seven seconds, only on the side that offers', async () => {
    const [offering, answering] = [aRecovery(true), aRecovery(false)]
    await pass(5_000)
    for (const { session } of [offering, answering]) session.state = 'failed'
    await pass(8_000)
    expect(offering.renewed[0]).toBe('leg')
    expect(answering.renewed).toEqual([])
    expect(answering.session.restarts.length).toBeGreaterThan(1)
  })

  it.each([
    ['nothing has arrived', false],
    ['its handshake arrives', true],
  ])('starts over when a connection was never made in its time: %s', async (_what, flows) => {
    const { session, renewed } = aRecovery(true)
    Object.assign(session, { state: 'connecting', link: 'connecting', flows })
    await pass(9_000)
    expect(renewed).toEqual([])
    await pass(1_500)
    expect(renewed[0]).toBe('leg')
    expect(session.restarts).toEqual([])
  })

  it('does not wait when the network is another one', async () => {
    const { session, recovery } = aRecovery(true)
    await pass(5_000)
    Object.assign(session, { state: 'disconnected', link: 'reconnecting' })
    recovery.wake()
    expect(session.restarts).toHaveLength(1)
  })

  it('leaves a path that stands alone on waking up', async () => {
    const { session, recovery } = aRecovery(true)
    await pass(5_000)
    recovery.wake()
    expect(session.restarts).toEqual([])
  })

  it('looks for another path where nothing of the peer comes on one that stands, once', async () => {
    const { session, recovery, renewed } = aRecovery(true)
    await pass(5_000)
    recovery.shake()
    await pass(30_000)
    expect([session.restarts.length, renewed]).toEqual([1, []])
  })

  it('need not be shaken while the path is sought', async () => {
    const { session, recovery } = aRecovery(true)
    await pass(5_000)
    session.state = 'disconnected'
    await pass(500)
    recovery.shake()
    expect(session.restarts).toEqual([])
  })

  it('stops with the call', async () => {
    const { session, recovery } = aRecovery(true)
    await pass(5_000)
    recovery.stop()
    session.state = 'failed'
    await pass(30_000)
    expect(session.restarts).toEqual([])
    expect(vi.getTimerCount()).toBe(0)
  })
})

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { INVITES_PER_MINUTE, LEG_GRACE_MS } from '#shared/limits.ts'
import type { SignalRequest } from '#server/calls/registry/commands.ts'
import { aCallRoom } from '../../support/calls/callRoom.ts'
import { aCallId, alice, bob, carol, legRef, uuid } from '../../support/calls/people.ts'
import { aCandidate, anAnswer, anOffer, SDP } from '../../support/calls/signals.ts'

const toBob = (number = 1) =>
  ({ callId: aCallId(number), calleeId: bob.view.id, kind: 'video' }) as const
const callId = aCallId()
const ignore = (): void => undefined
const ICE = { iceServers: [{ urls: ['stun:stun.example:3478'] }] }

/** The code that a request is refused with. */
const codeOf = async (request: () => unknown): Promise<unknown> => {
  try {
    await request()
    return null
  } catch (error) {
    return (error as { code?: unknown }).code
  }
}

describe('createCallHandlers', () => {
  // The limiter of invites counts with the process's clock.
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('gives both sides the servers to try', async () => {
    const { handlers, attach } = aCallRoom()
    const tab = attach(bob.leg())
    attach(alice.leg())
    expect(await handlers['call.invite'](alice.leg(), toBob())).toMatchObject(ICE)
    expect(tab.pushes).toMatchObject([{ type: 'call.coming', body: ICE }])
  })

  it('[CA8] gives the servers to try also to who is merged into the earlier call', async () => {
    const { handlers, attach } = aCallRoom()
    attach(alice.leg())
    attach(bob.leg())
    await handlers['call.invite'](alice.leg(), toBob())
    const back = { ...toBob(2), calleeId: alice.view.id }
    expect(await handlers['call.invite'](bob.leg(), back)).toMatchObject({
      status: 'merged',
      into: { callId, ...ICE },
    })
  })

  it('[CA1] [S14] refuses who is no contact, and the callee hears nothing', async () => {
    const { handlers, attach, strangers, journal } = aCallRoom()
    const tab = attach(bob.leg())
    strangers.add(carol.view.id)
    const request = () => handlers['call.invite'](carol.leg(), toBob())
    expect(await codeOf(request)).toBe('request/forbidden')
    expect(tab.pushes).toEqual([])
    expect(journal).toEqual([])
  })

  it.each([
    ['callee', 'blocked', 'request/blocked', 'rejected'],
    ['caller', 'strangers', 'request/forbidden', 'cancelled'],
  ] as const)(
    '[S17] ends the call where the %s blocks the other one while it is looked up',
    async (_, list, code, outcome) => {
      const { handlers, attach, meanwhile, journal, ...room } = aCallRoom()
      const tab = attach(bob.leg())
      attach(alice.leg())
      meanwhile.push(() => room[list].add(alice.view.id))
      expect(await codeOf(() => handlers['call.invite'](alice.leg(), toBob()))).toBe(code)
      expect(tab.heard).toEqual(['call.coming', 'call.closed'])
      expect(journal).toEqual([`opened ${callId}`, `closed ${callId} ${outcome}`])
    },
  )

  it('[P1] takes the addresses of who wants to be relayed out of what it passes on', async () => {
    const { handlers, attach } = aCallRoom()
    const tab = attach(bob.leg())
    attach(alice.leg())
    await handlers['call.invite'](alice.leg(), toBob())
    const relayed = { relayOnly: true } as const
    const signal = ({ signal: type, body }: SignalRequest): unknown =>
      handlers[type](alice.leg(), body as never)
    signal(aCandidate(relayed))
    signal(anOffer(relayed))
    const passed = tab.pushes.filter(({ type }) => type !== 'call.coming')
    expect(passed).toMatchObject([{ type: 'call.offer', body: { sdp: SDP } }])
    expect(passed[0]?.body).not.toHaveProperty('relayOnly')
  })

  it('[CA3] tells the reach: sent where a tab is connected, offline where none is', async () => {
    const { handlers, attach } = aCallRoom()
    const invite = (leg = alice.leg(), number = 1) => handlers['call.invite'](leg, toBob(number))
    expect(await invite()).toMatchObject({ status: 'ringing', reach: 'offline' })
    await handlers['call.cancel'](alice.leg(), { callId })
    attach(bob.leg())
    expect(await invite(alice.leg(), 2)).toMatchObject({ status: 'ringing', reach: 'sent' })
  })

  it('[CA10] [F1] gives a caller that was lost while it was looked up its grace, and no more', async () => {
    const { handlers, attach, clock, journal } = aCallRoom()
    const callee = attach(bob.leg())
    const caller = attach(alice.leg())
    const invited = handlers['call.invite'](alice.leg(), toBob())
    caller.detach()
    expect(await invited).toMatchObject({ status: 'ringing' })
    clock.advance(LEG_GRACE_MS)
    expect(callee.heard).toEqual(['call.coming', 'call.peer', 'call.closed'])
    expect(journal.at(-1)).toBe(`closed ${callId} cancelled`)
  })

  it('[CA10] asks nothing more of a caller that is still there', async () => {
    const { handlers, attach, clock } = aCallRoom()
    const callee = attach(bob.leg())
    attach(alice.leg())
    await handlers['call.invite'](alice.leg(), toBob())
    clock.advance(LEG_GRACE_MS)
    expect(callee.heard).toEqual(['call.coming'])
  })

  it('[CA15] lets a user invite ten times a minute, and says when the next may come', async () => {
    const { handlers } = aCallRoom()
    for (let n = 1; n <= INVITES_PER_MINUTE; n += 1) {
      await handlers['call.invite'](alice.leg(), toBob(n))
    }
    await expect(handlers['call.invite'](alice.leg(), toBob(11))).rejects.toMatchObject({
      code: 'request/rate-limited',
      retryAfterMs: 60_000,
    })
    vi.advanceTimersByTime(60_000)
    expect(await handlers['call.invite'](alice.leg(), toBob(11))).toMatchObject({
      status: 'ringing',
    })
  })

  it('[CA2] [CA15] does not count an invite that is only repeated', async () => {
    const { handlers } = aCallRoom()
    for (let n = 1; n <= INVITES_PER_MINUTE; n += 1) {
      await handlers['call.invite'](alice.leg(), toBob(1))
    }
    expect(await handlers['call.invite'](alice.leg(), toBob(2))).toMatchObject({
      status: 'ringing',
    })
  })

  it('[CA2] answers an invite of before a restart as that call ended, to its caller only', async () => {
    const { handlers, attach, past } = aCallRoom()
    const tab = attach(bob.leg())
    past.set(callId, {
      callerId: alice.view.id,
      calleeId: bob.view.id,
      outcome: 'completed',
      durationMs: 5_000,
    })
    expect(await handlers['call.invite'](alice.leg(), toBob())).toEqual({
      status: 'closed',
      outcome: 'completed',
      durationMs: 5_000,
    })
    const foreign = () => handlers['call.invite'](carol.leg(), toBob())
    expect(await codeOf(foreign)).toBe('request/conflict')
    expect(tab.pushes).toEqual([])
  })

  it('[CA12] says with whom to connect as of when it answers', async () => {
    const { handlers, attach, disk } = aCallRoom()
    for (const leg of [alice.leg(), bob.leg(), bob.leg(2)]) attach(leg)
    await handlers['call.invite'](alice.leg(), toBob())
    await handlers['call.accept'](bob.leg(), { callId, secret: uuid(0xb0b) })
    const body = { callId, answered: false, next: uuid(0x5ec) }
    const ofBob = { ...body, secrets: [uuid(0xb0b)] }
    disk.written = Promise.resolve(handlers['call.resume'](bob.leg(2), ofBob)).then(ignore)
    const answer = await handlers['call.resume'](alice.leg(), { ...body, secrets: [] })
    expect(answer).toMatchObject({ peerLeg: legRef(bob.leg(2)) })
  })

  it('[CA14] confirms a replaced leg only once that is on the disk', async () => {
    const { handlers, attach, disk } = aCallRoom()
    attach(alice.leg())
    await handlers['call.invite'](alice.leg(), toBob())
    let write = (): void => undefined
    disk.written = new Promise((resolve) => {
      write = resolve
    })
    let isAnswered = false
    const secrets = { secrets: [], next: uuid(0x5ec), answered: false }
    const asked = Promise.resolve(handlers['call.resume'](alice.leg(), { callId, ...secrets }))
    const answered = asked.then((reply) => {
      isAnswered = true
      return reply
    })
    await vi.advanceTimersByTimeAsync(100)
    expect(isAnswered).toBe(false)
    write()
    expect(await answered).toMatchObject({ status: 'ringing' })
  })

  it('[CA15] does not let the invites of one user count for another', async () => {
    const { handlers } = aCallRoom()
    for (let n = 1; n <= INVITES_PER_MINUTE; n += 1) {
      await handlers['call.invite'](alice.leg(), toBob(n))
    }
    expect(await handlers['call.invite'](carol.leg(), toBob(12))).toMatchObject({
      status: 'closed',
    })
  })

  it('[CA15] [S25] refuses the 21st description of a minute with a typed error', async () => {
    const { handlers, attach } = aCallRoom()
    attach(bob.leg())
    await handlers['call.invite'](alice.leg(), toBob())
    const { body } = anOffer()
    for (let n = 1; n <= 20; n += 1) await handlers['call.offer'](alice.leg(), body as never)
    expect(await codeOf(() => handlers['call.offer'](alice.leg(), body as never))).toBe(
      'request/rate-limited',
    )
  })

  it('[CA15] [S16] counts nothing for a call that one is not in', async () => {
    const { handlers, attach, limits } = aCallRoom()
    attach(bob.leg())
    await handlers['call.invite'](alice.leg(), toBob())
    const { body } = anAnswer({ to: alice.leg() })
    const unknown = anAnswer({ to: alice.leg(), callId: aCallId(9) }).body
    for (const one of [body, unknown]) {
      const request = () => handlers['call.answer'](carol.leg(), one as never)
      expect(await codeOf(request)).toBe('call/ended')
    }
    expect(limits.size).toBe(0)
  })

  it('forgets what it counted when the call is over', async () => {
    const { handlers, attach, limits } = aCallRoom()
    attach(bob.leg())
    await handlers['call.invite'](alice.leg(), toBob())
    await handlers['call.offer'](alice.leg(), anOffer().body as never)
    expect(limits.size).toBe(1)
    await handlers['call.cancel'](alice.leg(), { callId })
    expect(limits.size).toBe(0)
  })

  it('[CA3] [CA7] rings on a leg that was calling a third when its own call can not be', async () => {
    const { handlers, attach, clock } = aCallRoom()
    const tab = attach(bob.leg())
    attach(alice.leg())
    await handlers['call.invite'](alice.leg(), toBob())
    const toCarol = { callId: aCallId(2), calleeId: carol.view.id, kind: 'audio' } as const
    expect(await codeOf(() => handlers['call.invite'](bob.leg(), toCarol))).toBe(
      'call/already-in-call',
    )
    expect(tab.heard).toEqual(['call.coming'])
    clock.advance(0)
    expect(tab.heard).toEqual(['call.coming', 'call.coming'])
    expect(tab.pushes[1]).toEqual(tab.pushes[0])
  })

  it('[CA7] tells nothing more to who talks already', async () => {
    const { handlers, attach, clock } = aCallRoom()
    const other = attach(bob.leg(2))
    attach(bob.leg(1))
    attach(alice.leg())
    await handlers['call.invite'](alice.leg(), toBob())
    await handlers['call.accept'](bob.leg(1), { callId })
    const toCarol = { callId: aCallId(2), calleeId: carol.view.id, kind: 'audio' } as const
    expect(await codeOf(() => handlers['call.invite'](bob.leg(2), toCarol))).toBe(
      'call/already-in-call',
    )
    clock.advance(0)
    expect(other.heard).toEqual(['call.coming', 'call.taken'])
  })
})

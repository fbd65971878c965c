import { describe, expect, it } from 'vitest'
import { LEG_GRACE_MS, LEGS_PER_USER } from '#shared/limits.ts'
import type { CallPush } from '#shared/protocol/envelope.ts'
import { parseReceived } from '#shared/protocol/parse.ts'
import { createLegs } from '#server/calls/legs.ts'
import { NOON } from '../../support/calls/desk.ts'
import { aCallId, alice, bob } from '../../support/calls/people.ts'

/** A socket that notes what is written to it: the number of each frame and the call it names. */
function aLink() {
  const frames: string[] = []
  return {
    frames,
    send: (frame: Buffer) => void frames.push(frame.toString()),
    get numbers() {
      return frames.map((text) => {
        const received = parseReceived(text)
        return received.ok && received.value.kind === 'push' ? received.value.n : null
      })
    },
  }
}

const taken = (number = 1): CallPush => ({
  type: 'call.taken',
  body: { callId: aCallId(number) },
})

describe('createLegs', () => {
  it('numbers the call frames of a leg from 1', () => {
    const legs = createLegs()
    const link = aLink()
    legs.attach(alice.leg(), link, 0)
    legs.push(alice.leg(), taken(1))
    legs.push(alice.leg(), taken(2))
    expect(link.numbers).toEqual([1, 2])
    expect(legs.sentTo(alice.leg())).toBe(2)
  })

  it('numbers each leg for itself', () => {
    const legs = createLegs()
    const [first, second] = [aLink(), aLink()]
    legs.attach(alice.leg(1), first, 0)
    legs.attach(alice.leg(2), second, 0)
    legs.push(alice.leg(1), taken())
    legs.push(alice.leg(1), taken())
    legs.push(alice.leg(2), taken())
    expect(first.numbers).toEqual([1, 2])
    expect(second.numbers).toEqual([1])
  })

  it('[CA11] [F1] sends again what the leg has not handled, in order, when it comes back', () => {
    const legs = createLegs()
    const [before, after] = [aLink(), aLink()]
    legs.attach(alice.leg(), before, 0)
    legs.push(alice.leg(), taken(1))
    legs.push(alice.leg(), taken(2))
    legs.detach(alice.leg(), before, NOON)
    legs.push(alice.leg(), taken(3))
    legs.attach(alice.leg(), after, 1)
    expect(after.numbers).toEqual([2, 3])
    expect(before.numbers).toEqual([1, 2])
  })

  it('[CA11] keeps frames for a leg that was lost before its first one', () => {
    const legs = createLegs()
    const [before, after] = [aLink(), aLink()]
    legs.attach(alice.leg(), before, 0)
    legs.detach(alice.leg(), before, NOON)
    legs.push(alice.leg(), taken())
    legs.attach(alice.leg(), after, 0)
    expect(after.numbers).toEqual([1])
  })

  it('[CA11] sends the same again when a leg says hello twice on one socket', () => {
    const legs = createLegs()
    const link = aLink()
    legs.attach(alice.leg(), link, 0)
    legs.push(alice.leg(), taken(1))
    legs.push(alice.leg(), taken(2))
    legs.attach(alice.leg(), link, 1)
    expect(link.numbers).toEqual([1, 2, 2])
  })

  it('forgets what the leg has acknowledged', () => {
    const legs = createLegs()
    const [before, after] = [aLink(), aLink()]
    legs.attach(alice.leg(), before, 0)
    legs.push(alice.leg(), taken(1))
    legs.push(alice.leg(), taken(2))
    legs.acknowledge(alice.leg(), 2)
    legs.attach(alice.leg(), after, 0)
    expect(after.frames).toEqual([])
    expect(legs.sentTo(alice.leg())).toBe(2)
  })

  it('goes on counting where the leg is when it was forgotten meanwhile', () => {
    const legs = createLegs()
    const [before, after] = [aLink(), aLink()]
    legs.attach(alice.leg(), before, 0)
    legs.push(alice.leg(), taken(1))
    legs.push(alice.leg(), taken(2))
    legs.detach(alice.leg(), before, NOON)
    legs.forget(NOON + 2 * LEG_GRACE_MS + 1)
    legs.attach(alice.leg(), after, 2)
    legs.push(alice.leg(), taken(3))
    expect(after.numbers).toEqual([3])
  })

  it('hears nothing of an older socket after a newer one has taken its place', () => {
    const legs = createLegs()
    const [older, newer] = [aLink(), aLink()]
    legs.attach(alice.leg(), older, 0)
    legs.attach(alice.leg(), newer, 0)
    expect(legs.detach(alice.leg(), older, NOON)).toBe(false)
    legs.push(alice.leg(), taken())
    expect(newer.numbers).toEqual([1])
    expect(older.numbers).toEqual([])
    expect(legs.detach(alice.leg(), newer, NOON)).toBe(true)
  })

  it('knows the connected tabs of a user, and only those', () => {
    const legs = createLegs()
    const link = aLink()
    legs.attach(alice.leg(1), link, 0)
    legs.attach(alice.leg(2), aLink(), 0)
    legs.attach(bob.leg(), aLink(), 0)
    legs.detach(alice.leg(1), link, NOON)
    expect(legs.connectedOf(alice.view.id)).toEqual([alice.leg(2)])
  })

  it('[S16] keeps apart two users who chose the same leg id', () => {
    const legs = createLegs()
    const [own, other] = [aLink(), aLink()]
    const twin = { ...bob.leg(), legId: alice.leg().legId }
    legs.attach(alice.leg(), own, 0)
    legs.attach(twin, other, 0)
    legs.push(alice.leg(), taken())
    expect(own.numbers).toEqual([1])
    expect(other.frames).toEqual([])
  })

  it('drops what is for a tab that it never knew', () => {
    const legs = createLegs()
    legs.push(alice.leg(), taken())
    expect(legs.size).toBe(0)
    expect(legs.sentTo(alice.leg())).toBe(0)
  })

  it('forgets the tabs that are gone for longer than any grace, and no others', () => {
    const legs = createLegs()
    const link = aLink()
    legs.attach(alice.leg(1), link, 0)
    legs.attach(alice.leg(2), aLink(), 0)
    legs.detach(alice.leg(1), link, NOON)
    legs.forget(NOON + LEG_GRACE_MS)
    expect(legs.size).toBe(2)
    legs.forget(NOON + 2 * LEG_GRACE_MS + 1)
    expect(legs.size).toBe(1)
  })

  it('[HS11] remembers a bounded number of tabs of a user, and forgets them all', () => {
    const legs = createLegs()
    for (let n = 1; n <= 10_000; n += 1) {
      const link = aLink()
      legs.attach(alice.leg(n), link, 0)
      legs.detach(alice.leg(n), link, NOON + n)
    }
    expect(legs.size).toBe(LEGS_PER_USER)
    legs.forget(NOON + 10_000 + 2 * LEG_GRACE_MS + 1)
    expect(legs.size).toBe(0)
  })

  it('[HS11] forgets first of too many tabs what has been gone for longest, and nobody else’s', () => {
    const legs = createLegs()
    const [own, bobs] = [aLink(), aLink()]
    legs.attach(bob.leg(), bobs, 0)
    legs.detach(bob.leg(), bobs, NOON)
    legs.attach(alice.leg(1), own, 0)
    for (let n = 2; n <= LEGS_PER_USER + 1; n += 1) {
      const link = aLink()
      legs.attach(alice.leg(n), link, 0)
      legs.detach(alice.leg(n), link, NOON + n)
    }
    for (const leg of [alice.leg(1), alice.leg(2), alice.leg(3), bob.leg()]) legs.push(leg, taken())
    expect(own.numbers).toEqual([1])
    expect([2, 3].map((n) => legs.sentTo(alice.leg(n)))).toEqual([0, 1])
    expect(legs.sentTo(bob.leg())).toBe(1)
  })
})

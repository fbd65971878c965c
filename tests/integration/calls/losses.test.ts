import { describe, expect, it } from 'vitest'
import { doubling, loseOnce, named, randomOf } from '../../support/headless/faults.ts'
import { createHarbour } from '../../support/headless/harbour.ts'
import { isQuiet, isTalking, recordsOf, talk } from '../../support/headless/talk.ts'
import { pass, until } from '../../support/server/virtualTime.ts'

async function both() {
  const harbour = await createHarbour()
  const [ann, bob] = [await harbour.arrive(1), await harbour.arrive(2)]
  const [caller, callee] = [await ann.openTab(), await bob.openTab()]
  return { harbour, ann, bob, caller, callee }
}

const CALLER = [
  ['out', 'call.invite'],
  ['in', 'reply to call.invite'],
  ['in', 'call.ringing'],
  ['out', 'call.offer'],
  ['in', 'reply to call.offer'],
  ['in', 'call.answer'],
  ['out', 'call.candidate'],
  ['in', 'reply to call.candidate'],
  ['in', 'call.candidate'],
  ['in', 'call.accepted'],
  ['out', 'ping'],
  ['in', 'reply to ping'],
] as const
const CALLEE = [
  ['in', 'call.coming'],
  ['out', 'call.ringing'],
  ['in', 'reply to call.ringing'],
  ['in', 'call.offer'],
  ['out', 'call.answer'],
  ['in', 'reply to call.answer'],
  ['in', 'call.candidate'],
  ['out', 'call.candidate'],
  ['out', 'call.accept'],
  ['in', 'reply to call.accept'],
] as const
const LOSSES = [
  ...CALLER.map(([direction, name]) => ({ side: 'caller' as const, direction, name })),
  ...CALLEE.map(([direction, name]) => ({ side: 'callee' as const, direction, name })),
]

describe('[F2] a frame that is lost once', () => {
  it.each(LOSSES)('$name ($direction, $side): the call connects all the same', async (lost) => {
    const { ann, bob, caller, callee } = await both()
    const { wire } = { caller, callee }[lost.side]
    const loss = loseOnce(wire, named(lost.direction, lost.name))
    await talk(caller, callee)
    await pass(6_000)
    expect(loss.hasHappened).toBe(true)
    expect(isTalking(caller, callee)).toBe(true)
    caller.view.hangUp()
    await until('both to be quiet', () => isQuiet(caller, callee))
    expect(await recordsOf(ann, bob)).toMatchObject([{ outcome: 'completed' }])
  })

  it.each([
    ['out', 'call.hangup'],
    ['in', 'reply to call.hangup'],
  ] as const)('(%s) %s: both end, with one record', async (direction, name) => {
    const { ann, bob, caller, callee } = await both()
    await talk(caller, callee)
    const loss = loseOnce(caller.wire, named(direction, name))
    caller.view.hangUp()
    await until('both to be quiet', () => isQuiet(caller, callee))
    await pass(4_000)
    expect(loss.hasHappened).toBe(true)
    expect(await recordsOf(ann, bob)).toMatchObject([{ outcome: 'completed' }])
  })

  it('call.cancel: the callee stops ringing when it is said again', async () => {
    const { ann, bob, caller, callee } = await both()
    caller.dial(bob)
    await until('it to ring', () => callee.isRinging)
    const loss = loseOnce(caller.wire, named('out', 'call.cancel'))
    caller.view.cancel()
    await until('both to be quiet', () => isQuiet(caller, callee), { withinMs: 10_000 })
    expect(loss.hasHappened).toBe(true)
    await pass(4_000)
    expect(await recordsOf(bob, ann)).toMatchObject([{ outcome: 'cancelled' }])
  })

  it('call.reject: the caller hears of it when it is said again', async () => {
    const { ann, bob, caller, callee } = await both()
    caller.dial(bob)
    await until('it to ring', () => callee.isRinging)
    const loss = loseOnce(callee.wire, named('out', 'call.reject'))
    callee.view.reject()
    await until('the caller to know', () => caller.history.includes('closing rejected'), {
      withinMs: 10_000,
    })
    expect(loss.hasHappened).toBe(true)
    await until('both to be quiet', () => isQuiet(caller, callee))
    expect(await recordsOf(bob, ann)).toMatchObject([{ outcome: 'rejected' }])
  })

  it.each(['call.closed', 'call.coming'])('%s: the next sign of life brings it', async (name) => {
    const { bob, caller, callee } = await both()
    const loss = loseOnce(callee.wire, named('in', name))
    caller.dial(bob)
    await until('it to show', () => callee.call?.status === 'coming')
    caller.view.cancel()
    await until('the callee to stop', () => callee.call === null, { withinMs: 15_000 })
    expect(loss.hasHappened).toBe(true)
  })

  it.each([
    ['out', 'hello'],
    ['in', 'reply to hello'],
  ] as const)('(%s) %s: the socket comes up all the same', async (direction, name) => {
    const { caller, callee } = await both()
    const loss = loseOnce(callee.wire, named(direction, name))
    callee.wire.cut()
    await pass(100)
    callee.wire.mend()
    await until('it to be online', () => callee.socket.status === 'online', { withinMs: 15_000 })
    expect(loss.hasHappened).toBe(true)
    await talk(caller, callee)
  })

  it('call.taken: the other tab stops ringing with the next sign of life', async () => {
    const { bob, caller, callee } = await both()
    const other = await bob.openTab()
    const loss = loseOnce(other.wire, named('in', 'call.taken'))
    caller.dial(bob)
    await until('both to ring', () => callee.isRinging && other.isRinging)
    callee.view.accept({ muted: false })
    await until('the other to stop', () => other.call === null, { withinMs: 15_000 })
    expect(loss.hasHappened).toBe(true)
    expect(other.history).toEqual(['coming', 'closing taken', 'none'])
  })
})

describe('[F3] frames that come twice', () => {
  it('all of them, in both directions: the call is as if they came once', async () => {
    const { ann, bob, caller, callee } = await both()
    for (const { wire } of [caller, callee]) wire.fate = () => [0, 0]
    await talk(caller, callee)
    await pass(5_000)
    expect(isTalking(caller, callee)).toBe(true)
    caller.view.hangUp()
    await until('both to be quiet', () => isQuiet(caller, callee))
    await pass(2_000)
    expect(caller.history).toEqual(['waiting', 'calling', 'closing completed', 'none'])
    expect(callee.history).toEqual(['coming', 'calling', 'closing completed', 'none'])
    expect(await recordsOf(ann, bob)).toHaveLength(1)
    expect(await recordsOf(bob, ann)).toHaveLength(1)
  })

  it.each(LOSSES)('$name ($direction, $side), a second later: nothing comes of it', async (one) => {
    const { ann, bob, caller, callee } = await both()
    const { wire } = { caller, callee }[one.side]
    wire.fate = doubling(named(one.direction, one.name), 1_000)
    await talk(caller, callee)
    await pass(6_000)
    expect(isTalking(caller, callee)).toBe(true)
    callee.view.hangUp()
    await until('both to be quiet', () => isQuiet(caller, callee))
    await pass(2_000)
    expect(caller.history).toEqual(['waiting', 'calling', 'closing completed', 'none'])
    expect(callee.history).toEqual(['coming', 'calling', 'closing completed', 'none'])
    expect(await recordsOf(ann, bob)).toHaveLength(1)
  })
})

describe('[F5] frames that are delayed up to five seconds, each for itself', () => {
  it.each(Array.from({ length: 20 }, (_, index) => ({ seed: index + 1 })))(
    'seed $seed: the call connects or ends cleanly, with one record',
    async ({ seed }) => {
      const { ann, bob, caller, callee } = await both()
      const random = randomOf(seed)
      for (const { wire } of [caller, callee]) wire.fate = () => [Math.floor(random() * 5_000)]
      caller.dial(bob)
      await until('it to show at the callee', () => callee.call?.status === 'coming')
      callee.view.accept({ muted: false })
      await until(
        'both to talk, or both to be quiet',
        () => isTalking(caller, callee) || isQuiet(caller, callee),
      )
      caller.view.hangUp()
      await until('both to be quiet', () => isQuiet(caller, callee))
      for (const { wire } of [caller, callee]) wire.fate = () => [0]
      await pass(20_000)
      expect(isQuiet(caller, callee)).toBe(true)
      expect(await recordsOf(ann, bob)).toHaveLength(1)
      expect(await recordsOf(bob, ann)).toHaveLength(1)
    },
  )
})

import { describe, expect, it } from 'vitest'
import { cutAt, named } from '../../support/headless/faults.ts'
import { createHarbour } from '../../support/headless/harbour.ts'
import { isQuiet, recordsOf, talk } from '../../support/headless/talk.ts'
import { pass, until } from '../../support/server/virtualTime.ts'

const STEPS = [
  ['caller', 'out', 'call.invite'],
  ['caller', 'in', 'reply to call.invite'],
  ['caller', 'in', 'call.ringing'],
  ['caller', 'out', 'call.offer'],
  ['caller', 'in', 'call.answer'],
  ['caller', 'out', 'call.candidate'],
  ['caller', 'in', 'call.candidate'],
  ['caller', 'in', 'call.accepted'],
  ['callee', 'in', 'call.coming'],
  ['callee', 'out', 'call.ringing'],
  ['callee', 'in', 'call.offer'],
  ['callee', 'out', 'call.answer'],
  ['callee', 'in', 'call.candidate'],
  ['callee', 'out', 'call.candidate'],
  ['callee', 'out', 'call.accept'],
  ['callee', 'in', 'reply to call.accept'],
] as const

const CUTS = STEPS.flatMap(([side, direction, name]) =>
  (['before', 'after'] as const).map((moment) => ({ side, direction, name, moment })),
)

async function both() {
  const harbour = await createHarbour()
  const [ann, bob] = [await harbour.arrive(1), await harbour.arrive(2)]
  const [caller, callee] = [await ann.openTab(), await bob.openTab()]
  return { harbour, ann, bob, caller, callee }
}

describe('[F1] a socket that is cut for six seconds', () => {
  it.each(CUTS)(
    '$moment $name passes ($direction, $side): the call connects all the same',
    async ({ side, direction, name, moment }) => {
      const { ann, bob, caller, callee } = await both()
      const { wire } = { caller, callee }[side]
      const cut = cutAt(wire, named(direction, name), { moment, forMs: 6_000 })
      await talk(caller, callee)
      await pass(5_000)
      expect(cut.hasHappened).toBe(true)
      caller.view.hangUp()
      await until('both to be quiet', () => isQuiet(caller, callee))
      const record = { kind: 'call', outcome: 'completed' }
      expect(await recordsOf(ann, bob)).toMatchObject([record])
      expect(await recordsOf(bob, ann)).toMatchObject([record])
    },
  )

  it.each([
    { side: 'caller', moment: 'before' },
    { side: 'caller', moment: 'after' },
    { side: 'callee', moment: 'before' },
    { side: 'callee', moment: 'after' },
  ] as const)('$moment the hang-up of the $side: both end, with one record', async (at) => {
    const { ann, bob, caller, callee } = await both()
    await talk(caller, callee)
    const who = { caller, callee }[at.side]
    cutAt(who.wire, named('out', 'call.hangup'), { moment: at.moment, forMs: 6_000 })
    who.view.hangUp()
    await until('both to be quiet', () => isQuiet(caller, callee))
    await until(
      'the record',
      () => caller.socket.status === 'online' && callee.socket.status === 'online',
    )
    await pass(2_000)
    expect(await recordsOf(ann, bob)).toMatchObject([{ outcome: 'completed' }])
  })

  it('of both at once while it rings: the call connects all the same', async () => {
    const { caller, callee } = await both()
    for (const { wire } of [caller, callee]) {
      cutAt(wire, named('in', 'call.candidate'), { moment: 'before', forMs: 6_000 })
    }
    await talk(caller, callee)
    expect(caller.history).toEqual(['waiting', 'calling'])
  })

  it('of both in the middle of the talk: it goes on', async () => {
    const { caller, callee } = await both()
    await talk(caller, callee)
    for (const { wire } of [caller, callee]) wire.cut()
    await pass(6_000)
    for (const { wire } of [caller, callee]) wire.mend()
    await pass(40_000)
    expect(caller.call?.status).toBe('calling')
    expect(callee.call).toMatchObject({ status: 'calling', link: 'connected', peerAbsence: null })
  })
})

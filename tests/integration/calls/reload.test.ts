import { describe, expect, it } from 'vitest'
import { cutAt, named } from '../../support/headless/faults.ts'
import { createHarbour } from '../../support/headless/harbour.ts'
import { leavePage, reload } from '../../support/headless/reload.ts'
import { isQuiet, isTalking, recordsOf, talk } from '../../support/headless/talk.ts'
import { pass, until } from '../../support/server/virtualTime.ts'

async function both() {
  const harbour = await createHarbour()
  const [ann, bob] = [await harbour.arrive(1), await harbour.arrive(2)]
  const [caller, callee] = [await ann.openTab(), await bob.openTab()]
  return { harbour, ann, bob, caller, callee }
}

const completed = { kind: 'call', outcome: 'completed' }

describe('[CA12] [F24] a page that is reloaded', () => {
  it('by the caller in the talk: they talk on, with one record', async () => {
    const { ann, bob, caller, callee } = await both()
    await talk(caller, callee)
    const again = await reload(ann, caller)
    await until('both to talk again', () => isTalking(again, callee))
    await pass(40_000)
    expect(isTalking(again, callee)).toBe(true)
    again.view.hangUp()
    await until('both to be quiet', () => isQuiet(again, callee))
    expect(await recordsOf(bob, ann)).toMatchObject([completed])
  })

  it('by the callee in the talk: they talk on, with one record', async () => {
    const { ann, bob, caller, callee } = await both()
    await talk(caller, callee)
    const again = await reload(bob, callee)
    await until('both to talk again', () => isTalking(caller, again))
    caller.view.hangUp()
    await until('both to be quiet', () => isQuiet(caller, again))
    expect(await recordsOf(ann, bob)).toMatchObject([completed])
  })

  it('by both at once: they talk on, with one record', async () => {
    const { ann, bob, caller, callee } = await both()
    await talk(caller, callee)
    const left = [leavePage(caller), leavePage(callee)] as const
    const [a, b] = [await left[0].comeBack(ann), await left[1].comeBack(bob)]
    await until('both to talk again', () => isTalking(a, b))
    b.view.hangUp()
    await until('both to be quiet', () => isQuiet(a, b))
    expect(await recordsOf(ann, bob)).toMatchObject([completed])
  })

  it('by the caller while it rings: it rings on, and is answered', async () => {
    const { ann, bob, caller, callee } = await both()
    caller.dial(bob)
    await until('it to ring', () => callee.isRinging)
    const again = await reload(ann, caller)
    expect(callee.call?.status).toBe('coming')
    callee.view.accept({ muted: false })
    await until('both to talk', () => isTalking(again, callee))
    again.view.hangUp()
    await until('both to be quiet', () => isQuiet(again, callee))
    expect(await recordsOf(ann, bob)).toMatchObject([completed])
  })

  it('by the callee while it rings: the new page rings', async () => {
    const { ann, bob, caller, callee } = await both()
    caller.dial(bob)
    await until('it to ring', () => callee.isRinging)
    const again = await reload(bob, callee)
    await until('it to ring again', () => again.isRinging)
    again.view.accept({ muted: false })
    await until('both to talk', () => isTalking(caller, again))
    again.view.hangUp()
    await until('both to be quiet', () => isQuiet(caller, again))
    expect(await recordsOf(ann, bob)).toMatchObject([completed])
  })

  it('by the callee just after the click that answered: they talk', async () => {
    const { bob, caller, callee } = await both()
    caller.dial(bob)
    await until('it to ring', () => callee.isRinging)
    callee.view.accept({ muted: false })
    const again = await reload(bob, callee)
    await until('both to talk', () => isTalking(caller, again))
    expect(again.call).toMatchObject({ status: 'calling', role: 'callee' })
  })

  it.each([
    ['out', 'call.resume', 'before'],
    ['out', 'call.resume', 'after'],
    ['in', 'reply to call.resume', 'before'],
    ['in', 'reply to call.resume', 'after'],
  ] as const)('whose socket is cut (%s, %s, %s): they talk on', async (direction, name, moment) => {
    const { ann, caller, callee } = await both()
    await talk(caller, callee)
    const again = await reload(ann, caller)
    await until('both to talk again', () => isTalking(again, callee))
    again.wire.cut()
    await pass(1_000)
    const cut = cutAt(again.wire, named(direction, name), { moment, forMs: 3_000 })
    again.wire.mend()
    await until('the cut', () => cut.hasHappened)
    await until('it to be back', () => again.socket.status === 'online')
    await pass(10_000)
    expect(isTalking(again, callee)).toBe(true)
  })
})

describe('[CA14] [F8] a server that is closed and built again', () => {
  it('while they talk: they talk on, with one record', async () => {
    const { harbour, bob, caller, callee } = await both()
    await talk(caller, callee)
    const next = await harbour.restart()
    await pass(45_000)
    expect(isTalking(caller, callee)).toBe(true)
    caller.view.hangUp()
    await until('both to be quiet', () => isQuiet(caller, callee))
    expect(await recordsOf({ browser: await next.demo(1) }, bob)).toMatchObject([completed])
  })

  it('while it rings: it rings on, and is answered', async () => {
    const { harbour, bob, caller, callee } = await both()
    caller.dial(bob)
    await until('it to ring', () => callee.isRinging)
    const next = await harbour.restart()
    await pass(10_000)
    expect(callee.isRinging).toBe(true)
    callee.view.accept({ muted: false })
    await until('both to talk', () => isTalking(caller, callee))
    callee.view.hangUp()
    await until('both to be quiet', () => isQuiet(caller, callee))
    expect(await recordsOf({ browser: await next.demo(1) }, bob)).toMatchObject([completed])
  })
})

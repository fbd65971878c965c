import { expect, test } from '../fixtures/index.ts'
import { expectNoCall, expectSound, ring } from '../fixtures/talk.ts'
import { tapWire } from '../fixtures/wire.ts'

const CALLER = 0
const CALLEE = 1

/** Whose wire is cut, and at which frame. */
const CUTS = [
  [CALLER, 'before', { way: 'up', type: 'call.invite' }],
  [CALLER, 'after', { way: 'up', type: 'call.invite' }],
  [CALLER, 'before', { way: 'up', type: 'call.offer' }],
  [CALLER, 'after', { way: 'up', type: 'call.offer' }],
  [CALLER, 'before', { way: 'down', type: 'call.answer' }],
  [CALLER, 'before', { way: 'down', type: 'call.accepted' }],
  [CALLEE, 'before', { way: 'down', type: 'call.coming' }],
  [CALLEE, 'after', { way: 'down', type: 'call.coming' }],
  [CALLEE, 'before', { way: 'down', type: 'call.offer' }],
  [CALLEE, 'before', { way: 'up', type: 'call.answer' }],
  [CALLEE, 'before', { way: 'up', type: 'call.accept' }],
  [CALLEE, 'after', { way: 'up', type: 'call.accept' }],
] as const

for (const [who, when, frame] of CUTS) {
  const whose = ['caller', 'callee'][who] ?? ''
  test(`the ${whose} cut off ${when} ${frame.type} still gets the call [F1]`, async ({
    newFriends,
  }) => {
    const people = await newFriends(['安然', '白露'])
    const [anran, bailu] = people
    const wire = await tapWire(people[who])
    wire.cutAt(frame, when)
    await ring(anran, bailu, 'audio')
    await bailu.call.answer()
    for (const { call } of people) await expect(call.timer).toBeVisible()
    await expectSound(anran, bailu)
    expect(wire.cuts).toBe(1)
    await anran.call.hangUp()
    await expectNoCall(...people)
    await anran.chats.openWith('白露')
    await expect(anran.chats.records).toHaveText([/^通话时长/])
  })
}

for (const who of [CALLER, CALLEE]) {
  const whose = ['caller', 'callee'][who] ?? ''
  test(`the ${whose} cut off before call.hangup ends the call on both sides [F1]`, async ({
    newFriends,
  }) => {
    const people = await newFriends(['安然', '白露'])
    const [anran, bailu] = people
    const leaver = people[who] ?? anran
    const wire = await tapWire(leaver)
    await ring(anran, bailu, 'audio')
    await bailu.call.answer()
    await expectSound(anran, bailu)
    wire.cutAt({ way: 'up', type: 'call.hangup' }, 'before')
    await leaver.call.hangUp()
    await expectNoCall(...people)
    await anran.chats.openWith('白露')
    await expect(anran.chats.records).toHaveText([/^通话时长/])
    expect(wire.cuts).toBe(1)
  })
}

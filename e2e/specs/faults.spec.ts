import { expect, test } from '../fixtures/index.ts'
import { expectNoCall, expectSound, ring } from '../fixtures/talk.ts'
import type { Friend } from '../fixtures/users.ts'
import { tapWire, type Way } from '../fixtures/wire.ts'

const CALLER = 0
const CALLEE = 1

/** Whose wire loses what: the first frame of each type. What is lost is said again within seconds. */
const LOSSES: readonly (readonly [typeof CALLER | typeof CALLEE, Way, readonly string[]])[] = [
  [CALLER, 'up', ['call.invite', 'call.offer', 'call.candidate', 'call.hangup']],
  [CALLER, 'down', ['call.invite reply', 'call.ringing', 'call.answer', 'call.accepted']],
  [CALLEE, 'up', ['call.ringing', 'call.answer', 'call.candidate', 'call.accept']],
  [CALLEE, 'down', ['call.coming', 'call.offer', 'call.accept reply', 'call.closed']],
]

/** A seeded choice of times from nothing to this, so that a failure can be had again. */
function lateness(seed: number, mostMs: number): number[] {
  let state = seed
  return Array.from({ length: 64 }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return Math.floor((state / 2 ** 31) * mostMs)
  })
}

/** They ring, talk, hang up, and each has the one record of it. */
async function expectWholeCall(anran: Friend, bailu: Friend): Promise<void> {
  await ring(anran, bailu, 'audio')
  await bailu.call.answer()
  for (const { call } of [anran, bailu]) await expect(call.timer).toBeVisible()
  await expectSound(anran, bailu)
  for (const { media } of [anran, bailu]) expect(await media.openConnections()).toBe(1)
  await anran.call.hangUp()
  await expectNoCall(anran, bailu)
  await anran.chats.openWith('白露')
  await bailu.chats.openWith('安然')
  for (const { chats } of [anran, bailu]) {
    await expect(chats.records).toHaveText([/^通话时长/])
  }
}

for (const [who, way, types] of LOSSES) {
  const whose = ['caller', 'callee'][who] ?? ''
  test(`the call comes about when the ${whose} loses each frame once, ${way} [F2]`, async ({
    newFriends,
  }) => {
    const people = await newFriends(['安然', '白露'])
    const wire = await tapWire(people[who])
    wire.dropFirst(way, types)
    await expectWholeCall(...people)
    expect([...wire.lost].sort()).toEqual([...types].sort())
  })
}

for (const who of [CALLER, CALLEE]) {
  const whose = ['caller', 'callee'][who] ?? ''
  test(`every frame of the ${whose} twice is still one call [F3]`, async ({ newFriends }) => {
    const people = await newFriends(['安然', '白露'])
    const wire = await tapWire(people[who] ?? people[0])
    wire.double()
    await expectWholeCall(...people)
  })
}

for (const seed of [1, 2]) {
  test(`frames that are late and overtake one another still make the call, seed ${seed} [F5]`, async ({
    newFriends,
  }) => {
    const people = await newFriends(['安然', '白露'])
    const wires = [await tapWire(people[CALLER]), await tapWire(people[CALLEE])]
    for (const [index, wire] of wires.entries()) wire.delay(lateness(seed + index * 100, 1_500))
    await expectWholeCall(...people)
    for (const { overtakings } of wires) expect(overtakings).toBeGreaterThan(0)
  })
}

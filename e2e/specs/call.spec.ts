import { expect, testAlone as test } from '../fixtures/index.ts'
import { expectNoCall, expectTalking, ring, talk } from '../fixtures/talk.ts'
import { isGreen, isOnTheRight } from '../pages/ChatsPage.ts'

test('log in through a browser and dial a friend', async ({ newUser }) => {
  const anran = await newUser(0)
  const bailu = await newUser(1)
  await anran.contacts.callByVideo('白露')
  await expect(anran.call.with('白露')).toBeVisible()
  await expect(bailu.call.ringing('安然')).toBeVisible()
  await expect(bailu.call.says('邀请你视频通话')).toBeVisible()
  await expect(anran.call.says('等待对方接听')).toBeVisible()
})

test('answer the incoming overlay', async ({ newUser }) => {
  const anran = await newUser(0)
  const bailu = await newUser(1)
  await ring(anran, bailu, 'video')
  await bailu.call.answer()
  await expectTalking('video', anran, bailu)
})

for (const [who, leaver, other] of [
  ['caller', 0, 1],
  ['callee', 1, 0],
] as const) {
  test(`hang up in the call, from the ${who}`, async ({ newUser }) => {
    const people = [await newUser(0), await newUser(1)] as const
    // There nothing runs by itself, such as the clock of a list that says how long ago.
    for (const { contacts } of people) await contacts.open()
    const before = await Promise.all(people.map(({ media }) => media.runningIntervals()))
    await talk(people[0], people[1], 'video')
    await people[leaver].call.hangUp()
    await people[other].call.hasSaid(/^通话时长 00:\d\d$/)
    await expectNoCall(...people)
    for (const [index, { media }] of people.entries()) {
      await expect.poll(() => media.openConnections()).toBe(0)
      expect(await media.liveTracks()).toEqual([])
      // One that ran before for a moment, and has ended since, is no leak.
      const most = before[index] ?? 0
      await expect.poll(() => media.runningIntervals()).toBeLessThanOrEqual(most)
    }
  })
}

test('both find one record of the call [CA13]', { tag: '@quick' }, async ({ newUser }) => {
  const anran = await newUser(0)
  const bailu = await newUser(1)
  await talk(anran, bailu, 'audio')
  await anran.call.hangUp()
  await expectNoCall(anran, bailu)

  await anran.chats.openWith('白露')
  await bailu.chats.openWith('安然')
  for (const { chats } of [anran, bailu]) {
    await expect(chats.records).toHaveText([/^通话时长 00:\d\d$/])
  }
  expect(await isOnTheRight(anran.chats.records)).toBe(true)
  expect(await isGreen(anran.chats.records)).toBe(true)
  expect(await isOnTheRight(bailu.chats.records)).toBe(false)
  expect(await isGreen(bailu.chats.records)).toBe(false)
})

test('a tap on the record calls again', async ({ newUser }) => {
  const anran = await newUser(0)
  const bailu = await newUser(1)
  await talk(anran, bailu, 'audio')
  await anran.call.hangUp()
  await bailu.chats.openWith('安然')
  await bailu.chats.records.click()
  await expect(anran.call.ringing('白露')).toBeVisible()
  await expect(anran.call.says('邀请你语音通话')).toBeVisible()
  await anran.call.answer()
  await expectTalking('audio', anran, bailu)
})

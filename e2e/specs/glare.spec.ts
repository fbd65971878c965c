import { expect, test } from '../fixtures/index.ts'
import { pressTogether } from '../fixtures/moment.ts'
import { expectNoCall, expectSound } from '../fixtures/talk.ts'
import { watchForRing } from '../fixtures/watching.ts'

const VOICE = '语音通话'

for (const afterMs of [0, 5, 15, 40, 100, 250]) {
  test(`two who call each other ${afterMs} ms apart talk at once [CA8] [F22]`, async ({
    newFriends,
  }) => {
    const people = await newFriends(['安然', '白露'])
    const [anran, bailu] = people
    await anran.contacts.openCard('白露')
    await bailu.contacts.openCard('安然')
    const watches = await Promise.all(people.map(({ page }) => watchForRing(page)))
    await pressTogether([
      { page: anran.page, name: VOICE },
      { page: bailu.page, name: VOICE, afterMs },
    ])
    for (const { call } of people) await expect(call.timer).toBeVisible()
    await expectSound(anran, bailu)
    // Not even for a moment, once both have pressed.
    for (const { hasRung } of watches) expect(await hasRung()).toBe(false)
    for (const { media } of people) {
      expect(await media.openConnections()).toBe(1)
      expect(await media.liveTracks()).toEqual(['audio'])
    }
    await bailu.call.hangUp()
    await expectNoCall(...people)
    await anran.chats.openWith('白露')
    await expect(anran.chats.records).toHaveText([/^通话时长/])
  })
}

test(
  'two who call each other for a picture see each other [CA8]',
  { tag: '@quick' },
  async ({ newFriends }) => {
    const [anran, bailu] = await newFriends(['安然', '白露'])
    await anran.contacts.openCard('白露')
    await bailu.contacts.openCard('安然')
    await pressTogether([anran, bailu].map(({ page }) => ({ page, name: '视频通话' })))
    for (const { call } of [anran, bailu]) await expect(call.timer).toBeVisible()
    await expectSound(anran, bailu)
    for (const { media } of [anran, bailu]) {
      expect(await media.liveTracks()).toEqual(['audio', 'video'])
      await expect.poll(() => media.inboundVideoFrames()).toBeGreaterThan(0)
    }
  },
)

import { expect, test } from '../fixtures/index.ts'
import { openSharedPage } from '../fixtures/share.ts'
import { expectHum, expectPicture, expectSilence, expectSound, talk } from '../fixtures/talk.ts'

// What is shared of a muted page is silent.
test.use({ chromium: 'full', speakers: 'on' })

test('a screen is shared in a voice call, with its sound, until it is stopped', async ({
  newFriends,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await talk(anran, bailu, 'audio')
  await openSharedPage(anran)
  await anran.page.bringToFront()
  await anran.call.press('共享屏幕')
  await expect(anran.call.says('你正在共享屏幕')).toBeVisible()
  await expectPicture(bailu)
  await expect(bailu.page.locator('video').first()).toBeVisible()

  // The microphone is off: what is heard now is the page that is shared.
  await anran.call.toggleMicrophone()
  await expect(bailu.call.says('对方已静音')).toBeVisible()
  await expectHum(bailu)

  await anran.call.press('停止共享')
  await expect(anran.call.says('你正在共享屏幕')).toBeHidden()
  await expect(bailu.page.locator('video')).toHaveCount(0)
  await expectSilence(bailu)
  await anran.call.toggleMicrophone()
  await expectSound(bailu)
  await expect.poll(() => anran.media.liveTracks()).toEqual(['audio'])
})

test('screen and camera go at the same time, and the screen is the big one', async ({
  newFriends,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await talk(anran, bailu, 'video')
  await openSharedPage(anran)
  await anran.page.bringToFront()
  await anran.call.press('共享屏幕')
  await expect.poll(() => bailu.media.inboundPictures()).toBe(2)
  expect(await anran.media.sentTracks()).toEqual(['audio', 'video', 'video'])
  await expect(bailu.page.locator('.picture:not(.small) video')).toHaveCSS('object-fit', 'contain')
  await bailu.call.press('放大对方的画面')
  await expect(bailu.call.button('放大对方的屏幕')).toBeVisible()
  await expectPicture(anran, bailu)
  // Nothing was negotiated for it: still the one connection.
  expect(await anran.media.connectionsMade()).toBe(1)
})

test('both share at once', async ({ newFriends }) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await talk(anran, bailu, 'audio')
  for (const friend of [anran, bailu]) {
    await openSharedPage(friend)
    await friend.page.bringToFront()
    await friend.call.press('共享屏幕')
    await expect(friend.call.says('你正在共享屏幕')).toBeVisible()
  }
  await expectPicture(anran, bailu)
})

test('what is shared ends by itself when its window is closed', async ({ newFriends }) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await talk(anran, bailu, 'audio')
  const shared = await openSharedPage(anran)
  await anran.page.bringToFront()
  await anran.call.press('共享屏幕')
  await expectPicture(bailu)
  await shared.close()
  await expect(anran.call.says('你正在共享屏幕')).toBeHidden()
  await expect(bailu.page.locator('video')).toHaveCount(0)
  await expectSound(anran, bailu)
})

test('sharing ends with the call', async ({ newFriends }) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await talk(anran, bailu, 'audio')
  await openSharedPage(anran)
  await anran.page.bringToFront()
  await anran.call.press('共享屏幕')
  await expectPicture(bailu)
  await bailu.call.hangUp()
  await expect.poll(() => anran.media.tracksEnded()).toBe(true)
})

import { expect, test } from '../fixtures/index.ts'
import { expectPicture, expectSound, talk } from '../fixtures/talk.ts'

test('a voice call becomes one with pictures when the other side agrees, and voice again', async ({
  newFriends,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await talk(anran, bailu, 'audio')
  await anran.call.toggleCamera()
  await expect(anran.call.says('正在等待对方同意视频通话…')).toBeVisible()
  await expect(bailu.call.says('对方想切换到视频通话')).toBeVisible()
  expect(await anran.media.liveTracks()).toEqual(['audio'])
  await bailu.call.press('接受')
  await expectPicture(anran, bailu)

  // Each side's camera is its own: one goes off, the other one stays.
  await anran.call.toggleCamera()
  await expect.poll(() => anran.media.liveTracks()).toEqual(['audio'])
  await expectPicture(anran)
  await bailu.call.toggleCamera()
  await expect(anran.page.locator('video')).toHaveCount(0)
  await expectSound(anran, bailu)
})

test('not now: it stays voice, and who asked is told', async ({ newFriends }) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await talk(anran, bailu, 'audio')
  await anran.call.toggleCamera()
  await bailu.call.press('暂不')
  await expect(anran.call.says('对方暂不想开视频，继续语音通话。')).toBeVisible()
  await expect(bailu.call.says('对方想切换到视频通话')).toBeHidden()
  for (const { media } of [anran, bailu]) expect(await media.timesAsked()).toBe(1)
  await expectSound(anran, bailu)
})

test('who takes the question back is not answered', async ({ newFriends }) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await talk(anran, bailu, 'audio')
  await anran.call.toggleCamera()
  await expect(bailu.call.says('对方想切换到视频通话')).toBeVisible()
  await anran.call.press('取消')
  await expect(bailu.call.says('对方想切换到视频通话')).toBeHidden()
  await expect(anran.call.says('正在等待对方同意视频通话…')).toBeHidden()
})

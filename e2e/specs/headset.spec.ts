import { expect, test } from '../fixtures/index.ts'
import { expectPicture, expectSound, talk } from '../fixtures/talk.ts'

test('[F26] a chosen microphone that is pulled out is replaced, and used again when it is back', async ({
  newFriends,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await talk(anran, bailu, 'audio')
  await anran.call.press('设备')
  const sheet = anran.page.getByRole('dialog', { name: '选择设备' })
  const choice = sheet.getByRole('combobox', { name: '麦克风' })
  const name = (await choice.locator('option').last().textContent())?.trim() ?? ''
  await choice.selectOption({ label: name })
  await expect.poll(() => anran.media.liveLabels()).toEqual([name])
  await sheet.getByRole('button', { name: '关闭' }).click()

  await anran.media.pull(name)
  await expect(anran.call.says(/^麦克风已断开，改用/)).toBeVisible()
  await expect.poll(() => anran.media.liveLabels()).not.toContain(name)
  await expectSound(anran, bailu)

  await anran.media.putBack(name)
  await expect(anran.call.says(`已切回你选的麦克风：${name}`)).toBeVisible()
  await expect.poll(() => anran.media.liveLabels()).toEqual([name])
  await expectSound(anran, bailu)
})

test('[F26] a camera that is pulled out and not replaced leaves the sound, and comes back with it', async ({
  newFriends,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await talk(anran, bailu, 'video')
  const [camera = ''] = (await anran.media.liveLabels()).filter((label) => label.includes('device'))
  await anran.media.unplug('video')
  await anran.media.pull(camera)
  await expect(anran.call.notices).toHaveText(/^没有找到摄像头/)
  await expect(bailu.call.says('对方已关闭摄像头')).toBeVisible()
  await expectSound(anran, bailu)
  await expectPicture(anran)

  await anran.media.plugIn('video')
  await anran.media.putBack(camera)
  await expectPicture(bailu)
  await expect(anran.call.notices).toHaveCount(0)
})

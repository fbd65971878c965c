import { expect, test } from '../fixtures/index.ts'
import { expectPicture, expectSilence, expectSound, talk } from '../fixtures/talk.ts'

test('a muted microphone is silence, and the other side is told', async ({ newFriends }) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await talk(anran, bailu, 'audio')
  await anran.call.toggleMicrophone()
  await expect(anran.call.microphone).toHaveAttribute('aria-pressed', 'false')
  await expect(bailu.call.says('对方已静音')).toBeVisible()
  await expectSilence(bailu)
  await expectSound(anran)
  await anran.call.toggleMicrophone()
  await expect(bailu.call.says('对方已静音')).toBeHidden()
  await expectSound(bailu)
})

test('a camera that is off is closed, and comes back as often as one likes', async ({
  newFriends,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await talk(anran, bailu, 'video')
  for (const _round of [1, 2]) {
    await anran.call.toggleCamera()
    await expect(bailu.call.says('对方已关闭摄像头')).toBeVisible()
    await expect.poll(() => anran.media.liveTracks()).toEqual(['audio'])
    await anran.call.toggleCamera()
    await expect(bailu.call.says('对方已关闭摄像头')).toBeHidden()
    await expect.poll(() => anran.media.liveTracks()).toEqual(['audio', 'video'])
    await expectPicture(bailu)
  }
  await anran.call.toggleCamera()
  await expect(anran.call.camera).toHaveAttribute('aria-pressed', 'false')
  await expectSound(anran, bailu)
})

test('minimised, the call goes on while the app is used', async ({ newFriends }) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await talk(anran, bailu, 'audio')
  await anran.call.minimise()
  await expect(anran.call.pill).toBeVisible()
  await anran.chats.open()
  await anran.contacts.openCard('白露')
  await expectSound(anran, bailu)
  await expect(anran.call.timer).toBeVisible()
  await anran.call.restore()
  await expect(anran.call.pill).toBeHidden()
  await anran.call.hangUp()
  await bailu.call.hasSaid(/^通话时长/)
})

test('a call can be ended from its small window', async ({ newFriends }) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await talk(anran, bailu, 'audio')
  await bailu.call.minimise()
  await bailu.call.pill.getByRole('button', { name: '挂断' }).click()
  await anran.call.hasSaid(/^通话时长/)
})

test('Esc makes the call small and never ends it', async ({ newFriends }) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await talk(anran, bailu, 'audio')
  await anran.page.keyboard.press('Escape')
  await expect(anran.call.pill).toBeVisible()
  await anran.page.keyboard.press('Escape')
  await expectSound(anran, bailu)
})

test('Esc does not decline', async ({ newFriends }) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await anran.contacts.callByVoice('白露')
  await expect(bailu.call.ringing('安然')).toBeVisible()
  await bailu.page.keyboard.press('Escape')
  await expect(bailu.call.pill).toBeVisible()
  await bailu.call.restore()
  await bailu.call.answer()
  await expectSound(anran, bailu)
})

test('M switches the microphone, and V the camera', async ({ newFriends }) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await talk(anran, bailu, 'video')
  await anran.page.keyboard.press('m')
  await expect(bailu.call.says('对方已静音')).toBeVisible()
  await anran.page.keyboard.press('v')
  await expect(bailu.call.says('对方已关闭摄像头')).toBeVisible()
  await anran.page.keyboard.press('m')
  await anran.page.keyboard.press('v')
  await expect(bailu.call.says('对方已静音')).toBeHidden()
  await expectPicture(bailu)
  await expectSound(bailu)
})

test('full screen, and back', async ({ newFriends }) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await talk(anran, bailu, 'video')
  const isFull = () => anran.page.evaluate(() => document.fullscreenElement !== null)
  await anran.call.press('全屏')
  await expect.poll(isFull).toBe(true)
  await anran.call.press('退出全屏')
  await expect.poll(isFull).toBe(false)
  await expectPicture(anran, bailu)
})

test('the devices can be chosen, and the level of the microphone is seen', async ({
  newFriends,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await talk(anran, bailu, 'audio')
  await anran.call.press('设备')
  const sheet = anran.page.getByRole('dialog', { name: '选择设备' })
  const microphone = sheet.getByRole('combobox', { name: '麦克风' })
  await expect(microphone.locator('option').nth(1)).toBeAttached()
  await expect(sheet.getByRole('meter', { name: '麦克风音量' })).toBeVisible()
  const choices = await microphone.locator('option').allTextContents()
  await microphone.selectOption({ label: choices.at(-1) ?? '' })
  await expectSound(anran, bailu)
  await sheet.getByRole('button', { name: '关闭' }).click()
  await expect(sheet).toBeHidden()
  expect(await anran.media.liveTracks()).toEqual(['audio'])
})

test('the controls leave the picture alone after a while, and come back for a key', async ({
  newFriends,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await talk(anran, bailu, 'video')
  const controls = anran.page.locator('[data-controls]')
  await anran.page.mouse.move(5, 5)
  await expect(controls).toHaveCSS('opacity', '0')
  await anran.page.keyboard.press('Shift')
  await expect(controls).toHaveCSS('opacity', '1')
})

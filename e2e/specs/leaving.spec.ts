import { expect, test } from '../fixtures/index.ts'
import { expectPicture, expectSound, talk } from '../fixtures/talk.ts'

test('Back on a phone makes the call small before it changes the page, and closing it asks', async ({
  newFriends,
}) => {
  const viewport = { width: 390, height: 844 }
  const [anran, bailu] = await newFriends([{ nickname: '安然', viewport }, '白露'])
  const { page } = anran
  await talk(anran, bailu, 'audio')
  const path = new URL(page.url()).pathname
  await page.evaluate(() => {
    history.back()
  })
  await expect(anran.call.pill).toBeVisible()
  // The router refuses the step after the browser has made it, so it takes it back.
  await expect.poll(() => new URL(page.url()).pathname).toBe(path)
  await page.goBack()
  await expect.poll(() => new URL(page.url()).pathname).not.toBe(path)
  await expectSound(anran, bailu)

  const asked = anran.context.waitForEvent('dialog')
  const closed = page.waitForEvent('close')
  await page.close({ runBeforeUnload: true })
  expect((await asked).type()).toBe('beforeunload')
  await closed
  await expect(bailu.call.says('对方离开了页面，正在等待返回')).toBeVisible()
})

test('picture in picture stays over a camera that is off, and goes with the call', async ({
  newFriends,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await talk(anran, bailu, 'video')
  const isOpen = () => anran.page.evaluate(() => document.pictureInPictureElement !== null)
  await anran.call.press('画中画')
  await expect.poll(isOpen).toBe(true)
  await bailu.call.toggleCamera()
  await expect(anran.call.says('对方已关闭摄像头')).toBeVisible()
  await anran.call.toggleCamera()
  expect(await isOpen()).toBe(true)
  await bailu.call.toggleCamera()
  await expectPicture(anran)
  expect(await isOpen()).toBe(true)
  await anran.call.hangUp()
  await expect.poll(isOpen).toBe(false)
})

import { expect, test } from '../fixtures/index.ts'
import { listenToSent } from '../fixtures/effects.ts'
import { expectSilence, expectSound, talk } from '../fixtures/talk.ts'
import { DeviceSheet } from '../pages/DeviceSheet.ts'

test.use({ hears: 'room' })

test('strong noise suppression sends the voice without the fan, and never on top of the browser’s', async ({
  newFriends,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await talk(anran, bailu, 'audio')
  expect(await anran.media.suppressedByBrowser()).toEqual([true])
  expect(await anran.media.sendsDevice('audio')).toBe(true)
  const sheet = new DeviceSheet(anran)

  await sheet.toggle('noise')
  await expect.poll(() => anran.media.sendsDevice('audio')).toBe(false)
  expect(await anran.media.suppressedByBrowser()).toEqual([false])
  await expectSound(anran, bailu)
  const strong = await listenToSent(anran.page)
  expect(strong.least, 'the fan').toBeLessThan(0.4)
  expect(strong.most, 'the voice').toBeGreaterThan(0.7)

  await sheet.toggle('noise')
  await expect.poll(() => anran.media.sendsDevice('audio')).toBe(true)
  expect(await anran.media.suppressedByBrowser()).toEqual([true])
  await expectSound(anran, bailu)
})

test('with it on, mute is silence, and a reload leads back into the call with it', async ({
  newFriends,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await talk(anran, bailu, 'audio')
  await new DeviceSheet(anran).toggle('noise')
  await expect.poll(() => anran.media.sendsDevice('audio')).toBe(false)
  await anran.call.toggleMicrophone()
  await expectSilence(bailu)
  await anran.call.toggleMicrophone()
  await expectSound(bailu)

  await anran.page.reload()
  await expect(anran.call.timer).toBeVisible()
  await expect.poll(() => anran.media.sendsDevice('audio')).toBe(false)
  await expectSound(anran, bailu)
  await anran.call.hangUp()
  await expect.poll(() => anran.media.tracksEnded()).toBe(true)
})

test('where it can’t be loaded the user is told, and the voice goes out as it is', async ({
  newFriends,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await anran.page.route(/rnnoise.*\.wasm$/, (route) => route.abort())
  await talk(anran, bailu, 'audio')
  const sheet = new DeviceSheet(anran)
  await sheet.toggle('noise')
  await expect(anran.call.notices).toHaveText(/^强力降噪加载失败/)
  await expect.poll(() => anran.media.suppressedByBrowser()).toEqual([true])
  await expectSound(anran, bailu)

  await anran.call.press('知道了')
  await expect(anran.call.notices).toHaveCount(0)
  await anran.page.unroute(/rnnoise.*\.wasm$/)
  await sheet.toggle('noise')
  await expect.poll(() => anran.media.sendsDevice('audio')).toBe(false)
  await expectSound(bailu)
})

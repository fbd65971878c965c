import { expect, test, type Tab } from '../fixtures/index.ts'
import {
  listenToSent,
  makeFast,
  sentPictureOf,
  sharpnessOf,
  slowPictures,
} from '../fixtures/processors.ts'
import { atMost } from '../fixtures/patience.ts'
import { expectPicture, expectSilence, expectSound, talk } from '../fixtures/talk.ts'
import { DeviceSheet } from '../pages/DeviceSheet.ts'

test.use({ hears: 'room', camera: 'large' })

const remotePicture = ({ page }: Tab) => page.locator('.picture:not(.small) video')
const ownPicture = ({ page }: Tab) => page.locator('.picture.small video')
/** The edges of the test pattern are far above, and nobody is in it: all of it is background. */
const SHARP = 40
const BLURRED = 15
/** The network has to be fetched and set up, and each picture to be computed. */
const PATIENCE = atMost(60_000)

/** What one of them sees of the other is blurred. */
async function expectBlur(of: Tab, sender: Tab): Promise<void> {
  test.slow()
  await expect.poll(() => sender.media.sendsDevice('video'), PATIENCE).toBe(false)
  await expect.poll(() => sharpnessOf(remotePicture(of)), PATIENCE).toBeLessThan(BLURRED)
}

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

test('the browser keeps nothing of the processors for those who don’t use them', async ({
  newVisitor,
  server,
}) => {
  const { page } = await newVisitor()
  const worker = await page.request.get(`${server.url}/sw.js`)
  const kept = await worker.text()
  expect(kept).toContain('/assets/')
  expect(kept).not.toMatch(/assets\/processors|\.wasm|\.tflite/)
})

test('the blur hides what is behind somebody from the other side, and in one’s own preview', async ({
  newFriends,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  const fetched: string[] = []
  anran.page.on('request', (request) => fetched.push(request.url()))
  // However slow the machine of the test is: by its own clock it is fast enough.
  await makeFast(anran.page)
  await anran.page.reload()
  await talk(anran, bailu, 'video')
  await expect.poll(() => sharpnessOf(remotePicture(bailu))).toBeGreaterThan(SHARP)
  const camera = await sentPictureOf(anran.page)
  expect(fetched.filter((url) => url.includes('/assets/processors/'))).toEqual([])
  const sheet = new DeviceSheet(anran)

  await sheet.toggle('blur')
  await expectBlur(bailu, anran)
  await expect.poll(() => sharpnessOf(ownPicture(anran))).toBeLessThan(BLURRED)
  await expectPicture(anran, bailu)
  expect(await anran.media.sendsDevice('video')).toBe(false)
  expect(await sentPictureOf(anran.page)).toMatchObject({
    deviceId: camera?.deviceId,
    width: 640,
    height: 360,
  })
  expect(fetched.filter((url) => url.endsWith('.wasm'))).not.toEqual([])

  await sheet.toggle('blur')
  await expect.poll(() => sharpnessOf(remotePicture(bailu))).toBeGreaterThan(SHARP)
  expect(await anran.media.sendsDevice('video')).toBe(true)
})

test('a browser that doesn’t hand out pictures one by one blurs them as well', async ({
  newFriends,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await makeFast(anran.page)
  await anran.page.addInitScript(() => {
    Reflect.deleteProperty(window, 'MediaStreamTrackProcessor')
    Reflect.deleteProperty(window, 'MediaStreamTrackGenerator')
  })
  await anran.page.reload()
  await talk(anran, bailu, 'video')
  await new DeviceSheet(anran).toggle('blur')
  await expectBlur(bailu, anran)
  await expectPicture(anran, bailu)
  await expect(anran.call.notices).toHaveCount(0)
})

test('with the blur on, the camera goes off, and comes back blurred, also after a reload', async ({
  newFriends,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await makeFast(anran.page)
  await anran.page.reload()
  await talk(anran, bailu, 'video')
  await new DeviceSheet(anran).toggle('blur')
  await expectBlur(bailu, anran)
  await anran.call.toggleCamera()
  await expect.poll(() => anran.media.liveTracks()).toEqual(['audio'])
  await anran.call.toggleCamera()
  await expect.poll(() => anran.media.sentTracks()).toEqual(['audio', 'video'])
  expect(await anran.media.sendsDevice('video')).toBe(false)
  await expect.poll(() => sharpnessOf(remotePicture(bailu))).toBeLessThan(BLURRED)

  await anran.page.reload()
  await expect.poll(() => anran.media.sentTracks()).toEqual(['audio', 'video'])
  expect(await anran.media.sendsDevice('video')).toBe(false)
  await expectPicture(anran, bailu)
  await anran.call.hangUp()
  await expect.poll(() => anran.media.tracksEnded()).toBe(true)
})

test('a blur that can’t be loaded is told, and the picture goes out as it is', async ({
  newFriends,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await anran.page.route(/selfie_segmentation.*\.wasm$/, (route) => route.abort())
  await talk(anran, bailu, 'video')
  await new DeviceSheet(anran).toggle('blur')
  await expect(anran.call.notices).toHaveText(/^背景虚化加载失败/)
  expect(await anran.media.sendsDevice('video')).toBe(true)
  await expectSound(anran, bailu)
  await expectPicture(anran, bailu)
})

test('a computer that is too slow for the blur goes on without, until it is switched on again', async ({
  newFriends,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await slowPictures(anran.page, 150)
  await anran.page.reload()
  await talk(anran, bailu, 'video')
  const sheet = new DeviceSheet(anran)
  await sheet.toggle('blur')
  await expect(anran.call.notices).toHaveText('设备负载过高，已关闭背景虚化，对方看得到你的背景。')
  await expect.poll(() => anran.media.sendsDevice('video')).toBe(true)
  await expectPicture(anran, bailu)
  await sheet.open()
  await expect(sheet.blur).not.toBeChecked()
  await sheet.close()

  await anran.page.reload()
  await expect.poll(() => anran.media.sentTracks()).toEqual(['audio', 'video'])
  expect(await anran.media.sendsDevice('video')).toBe(true)
})

import { expect, test } from '../fixtures/index.ts'
import { expectPicture, expectSound, expectSilence, ring } from '../fixtures/talk.ts'

test.use({ chromium: 'full' })

test('a callee without permission reads what to do, and can listen', async ({ newFriends }) => {
  const [anran, bailu] = await newFriends(['安然', { nickname: '白露', permissions: [] }])
  await ring(anran, bailu, 'video')
  await bailu.call.answer()
  await expect(bailu.call.notices).toHaveText([
    '没有麦克风权限，对方听不到你。请在地址栏的网站设置中允许，再点“麦克风”。',
    '没有摄像头权限，通话以语音继续。请在地址栏的网站设置中允许，再点“摄像头”。',
  ])
  await expectSound(bailu)
  await expectPicture(bailu)
  await expect(bailu.call.microphone).toHaveAttribute('aria-pressed', 'false')
  await expect(anran.call.says('对方已静音')).toBeVisible()
  expect(await bailu.media.liveTracks()).toEqual([])
})

test('a caller without permission is asked whether to go on listening', async ({ newFriends }) => {
  const [anran, bailu] = await newFriends([{ nickname: '安然', permissions: [] }, '白露'])
  await ring(anran, bailu, 'audio')
  await expect(anran.call.notices).toHaveText([/^没有麦克风权限/])
  await anran.call.button('继续（只听）').click()
  await expect(anran.call.notices).toHaveCount(0)
  await bailu.call.answer()
  await expectSound(anran)
})

test('permission given later is used at the next press', async ({ newFriends, server }) => {
  const [anran, bailu] = await newFriends(['安然', { nickname: '白露', permissions: [] }])
  await ring(anran, bailu, 'audio')
  await bailu.call.answer()
  await expect(bailu.call.notices).toHaveText([/^没有麦克风权限/])
  await bailu.context.grantPermissions(['microphone'], { origin: server.url })
  await bailu.call.toggleMicrophone()
  await expectSound(anran)
  await expect(bailu.call.notices).toHaveCount(0)
  await expect(bailu.call.microphone).toHaveAttribute('aria-pressed', 'true')
})

test('without a camera the call goes on with sound, and says so', async ({ newFriends }) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await bailu.media.unplug('video')
  await ring(anran, bailu, 'video')
  await bailu.call.answer()
  await expect(bailu.call.notices).toHaveText([
    '没有找到摄像头，通话以语音继续。连接后再点“摄像头”。',
  ])
  await expectSound(anran, bailu)
  await expectPicture(bailu)
  await expect(anran.call.says('对方已关闭摄像头')).toBeVisible()
  await bailu.media.plugIn('video')
  await bailu.call.toggleCamera()
  await expectPicture(anran)
})

test('without a camera or its permission the sound of the caller is heard', async ({
  newFriends,
}) => {
  const [anran, bailu] = await newFriends([
    { nickname: '安然', permissions: ['microphone'] },
    '白露',
  ])
  await ring(anran, bailu, 'video')
  await expect(anran.call.notices).toHaveText([/^没有摄像头权限/])
  await bailu.call.answer()
  await expectSound(anran, bailu)
})

test('without a microphone nobody hears me, and it says so', async ({ newFriends }) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await anran.media.unplug('audio')
  await ring(anran, bailu, 'audio')
  await expect(anran.call.notices).toHaveText([/^没有找到麦克风/])
  await bailu.call.answer()
  await expectSound(anran)
  await expectSilence(bailu)
})

for (const [width, height] of [
  [390, 844],
  [834, 1112],
  [1440, 900],
] as const) {
  test(`what is said of denied devices covers nobody, ${width} wide`, async ({ newFriends }) => {
    const viewport = { width, height }
    const [anran] = await newFriends([{ nickname: '安然', permissions: [], viewport }, '白露'])
    await anran.contacts.callByVideo('白露')
    await expect(anran.call.notices).toHaveCount(2)
    const face = anran.call.any.locator('.face')
    for (const notice of await anran.call.notices.all()) {
      const below = async (): Promise<number> => {
        const [said, seen] = [await notice.locator('..').boundingBox(), await face.boundingBox()]
        return (seen?.y ?? NaN) - ((said?.y ?? NaN) + (said?.height ?? NaN))
      }
      await expect.poll(below).toBeGreaterThanOrEqual(0)
    }
  })
}

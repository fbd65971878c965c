import { expect, test } from '../fixtures/index.ts'
import { expectSound, expectTalking, ring } from '../fixtures/talk.ts'

test('connected while it rings, and nothing is sent before the answer [CA17]', async ({
  newFriends,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await ring(anran, bailu, 'video')
  for (const { media } of [anran, bailu]) {
    await expect.poll(() => media.connectionStates()).toEqual(['connected'])
  }
  // The caller's own picture is there by now, and stays where it is.
  await expect.poll(() => anran.media.liveTracks()).toEqual(['audio', 'video'])
  for (const { media } of [anran, bailu]) {
    expect(await media.sentTracks()).toEqual([])
    expect(await media.outboundRtpBytes()).toBe(0)
    expect(await media.inboundVideoFrames()).toBe(0)
    expect(await media.inboundAudioEnergy()).toBe(0)
  }
  await bailu.call.answer()
  await expectTalking('video', anran, bailu)
})

test('the callee opens no microphone and no camera before the click [CA17]', async ({
  newFriends,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await ring(anran, bailu, 'video')
  await expect.poll(() => bailu.media.connectionStates()).toEqual(['connected'])
  expect(await bailu.media.timesAsked()).toBe(0)
  await bailu.call.answer()
  await expect.poll(() => bailu.media.timesAsked()).toBeGreaterThan(0)
})

test('who does not want to be connected before the answer is not', async ({ newFriends }) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await bailu.page.goto('/settings')
  const setting = bailu.page.getByRole('switch', { name: '接听前不建立连接' })
  await setting.click()
  await expect(setting).toBeChecked()
  await ring(anran, bailu, 'audio')
  await expect(anran.call.says('等待对方接听')).toBeVisible()
  expect(await bailu.media.connectionsMade()).toBe(0)
  expect(await anran.media.connectionsMade()).toBe(0)
  await bailu.call.answer()
  await expectTalking('audio', anran, bailu)
})

test('hang-up while the browser asks for the microphone leaves nothing open', async ({
  newFriends,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await anran.media.holdPrompts()
  await ring(anran, bailu, 'video')
  await anran.call.cancel()
  await anran.media.releasePrompts()
  await expect.poll(() => anran.media.tracksEnded()).toBe(true)
  expect(await anran.media.liveTracks()).toEqual([])
})

test('a call that ends while the callee is asked for the microphone leaves nothing open', async ({
  newFriends,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await bailu.media.holdPrompts()
  await ring(anran, bailu, 'video')
  await bailu.call.answer()
  await expect(anran.call.timer).toBeVisible()
  await anran.call.hangUp()
  await bailu.call.hasSaid(/^通话时长/)
  await bailu.media.releasePrompts()
  await expect.poll(() => bailu.media.tracksEnded()).toBe(true)
  expect(await bailu.media.liveTracks()).toEqual([])
})

test('the sound goes on when the microphone comes late', async ({ newFriends }) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await bailu.media.holdPrompts()
  await ring(anran, bailu, 'audio')
  await bailu.call.answer()
  await expectSound(bailu)
  await bailu.media.releasePrompts()
  await expectSound(anran)
})

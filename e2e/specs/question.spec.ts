import { findXvfb } from '../../scripts/xvfb.mjs'
import { expect, testAsking as test } from '../fixtures/index.ts'
import { expectSilence, expectSound, expectTalking, ring } from '../fixtures/talk.ts'
import type { Friend, Tab } from '../fixtures/users.ts'

test.use({ chromium: 'full' })

test.skip(() => findXvfb() === undefined, 'there is no Xvfb with xdotool on this machine')

const DEVICES = { audio: '麦克风', video: '麦克风和摄像头', camera: '摄像头' } as const
type Asked = keyof typeof DEVICES

const ownWords = (devices: Asked): string => `请在浏览器的提示中允许使用${DEVICES[devices]}`

/** One side reads that its browser asks, and the other that it is being asked. */
async function expectAsking(devices: Asked, asked: Tab, peer: Tab): Promise<void> {
  await expect(asked.call.says(ownWords(devices))).toBeVisible()
  const peersWords = `对方的浏览器正在询问是否允许使用${DEVICES[devices]}`
  await expect(peer.call.says(peersWords)).toBeVisible()
}

/** While the browser asks: muting is said to the peer, and neither takes nor asks for the microphone. */
async function muteAndUnmute(devices: Asked, asked: Tab, peer: Tab): Promise<void> {
  await asked.call.toggleMicrophone()
  await expect(peer.call.says('对方已静音')).toBeVisible()
  await asked.call.toggleMicrophone()
  await expectAsking(devices, asked, peer)
}

/** The user takes back, in the settings of the browser, whatever they have allowed. */
async function takeBack({ context }: Friend, { url }: { url: string }): Promise<void> {
  // What is not granted is denied.
  await context.grantPermissions([], { origin: url })
}

test('[CA18] a callee who is asked is told so, as the caller is; muted and unmuted meanwhile, they are heard', async ({
  asking: { browser, question },
  newFriends,
}) => {
  const [anran, bailu] = await newFriends(['安然', { nickname: '白露', asking: browser }])
  await ring(anran, bailu, 'video')
  await bailu.call.answer()
  await question.isAsked()
  await expectAsking('video', bailu, anran)
  await muteAndUnmute('video', bailu, anran)
  await question.allow()
  await expectTalking('video', anran, bailu)
  expect(await bailu.media.timesAsked()).toBe(1)
  await expect(bailu.call.microphone).toHaveAttribute('aria-pressed', 'true')
})

test('[CA18] a caller who is asked until after the answer is heard from the permission on, until they take it back', async ({
  asking: { browser, question },
  newFriends,
  server,
}) => {
  const [anran, bailu] = await newFriends([{ nickname: '安然', asking: browser }, '白露'])
  await ring(anran, bailu, 'audio')
  await question.isAsked()
  await expect(anran.call.says(ownWords('audio'))).toBeVisible()
  await bailu.call.answer()
  await expectAsking('audio', anran, bailu)
  await muteAndUnmute('audio', anran, bailu)
  await question.allow()
  await expectTalking('audio', anran, bailu)
  await expect(bailu.call.says('对方已静音')).toBeHidden()
  await takeBack(anran, server)
  await expect(anran.call.notices).toHaveText([/^没有麦克风权限/])
  await expect(bailu.call.says('对方已静音')).toBeVisible()
  await expectSilence(bailu)
  expect(await anran.media.timesAsked()).toBe(1)
})

test('[CA18] a caller who closes the question is asked again at the next press only, for that device', async ({
  asking: { browser, question },
  newFriends,
}) => {
  const [anran, bailu] = await newFriends([{ nickname: '安然', asking: browser }, '白露'])
  await ring(anran, bailu, 'video')
  await question.isAsked()
  await expect(anran.call.says(ownWords('video'))).toBeVisible()
  await question.dismiss()
  await expect(anran.call.notices).toHaveText([/^没有麦克风权限/, /^没有摄像头权限/])
  await anran.call.button('继续（只听）').click()
  await bailu.call.answer()
  await expectSound(anran)
  await expect(bailu.call.says('对方已静音')).toBeVisible()
  await question.isNotAsked()
  expect(await anran.media.timesAsked()).toBe(1)
  await anran.call.toggleMicrophone()
  await question.isAsked()
  await question.allow()
  await expectSound(bailu)
  expect(await anran.media.timesAsked()).toBe(2)

  await anran.call.toggleCamera()
  await question.isAsked()
  await expectAsking('camera', anran, bailu)
  await question.deny()
  await expect(anran.call.notices).toHaveText([/^没有摄像头权限/])
  await expectSound(anran, bailu)
  expect(await anran.media.timesAsked()).toBe(3)
})

test('[CA18] a callee who closes the question, and says no to the next one, listens', async ({
  asking: { browser, question },
  newFriends,
}) => {
  const [anran, bailu] = await newFriends(['安然', { nickname: '白露', asking: browser }])
  await ring(anran, bailu, 'audio')
  await bailu.call.answer()
  await question.isAsked()
  await question.dismiss()
  await expect(bailu.call.notices).toHaveText([/^没有麦克风权限/])
  await expect(anran.call.says('对方已静音')).toBeVisible()
  expect(await bailu.media.timesAsked()).toBe(1)

  await bailu.call.toggleMicrophone()
  await question.isAsked()
  await expectAsking('audio', bailu, anran)
  await question.deny()
  await expect(bailu.call.notices).toHaveText([/^没有麦克风权限/])
  await expect(anran.call.says('对方已静音')).toBeVisible()
  expect(await bailu.media.timesAsked()).toBe(2)
  await expect(bailu.call.microphone).toHaveAttribute('aria-pressed', 'false')
  await expectSound(bailu)
})

test('[CA18] who takes the permission back in a call is silent, and not asked before the next press', async ({
  asking: { browser, question },
  newFriends,
  server,
}) => {
  const [anran, bailu] = await newFriends(['安然', { nickname: '白露', asking: browser }])
  await ring(anran, bailu, 'video')
  await bailu.call.answer()
  await question.isAsked()
  await question.allow()
  await expectTalking('video', anran, bailu)

  await takeBack(bailu, server)
  // In the order in which the browser ends the tracks.
  for (const words of [/^没有麦克风权限/, /^没有摄像头权限/]) {
    await expect(bailu.call.notices.filter({ hasText: words })).toBeVisible()
  }
  await expect(anran.call.says('对方已静音')).toBeVisible()
  await expect(anran.call.says('对方已关闭摄像头')).toBeVisible()
  await expectSilence(anran)
  await expectSound(bailu)
  expect(await bailu.media.liveTracks()).toEqual([])
  expect(await bailu.media.timesAsked()).toBe(1)

  await bailu.context.clearPermissions()
  await bailu.call.toggleMicrophone()
  await expectSound(anran)
  expect(await bailu.media.timesAsked()).toBe(2)
  expect(await bailu.media.liveTracks()).toEqual(['audio'])
})

import { expect, test } from '../fixtures/index.ts'
import { expectNoCall, expectTalking, ring, talk } from '../fixtures/talk.ts'
import { atMost } from '../fixtures/patience.ts'

test(
  '[CA12] [F24] the caller reloads in a call, and is back in it',
  { tag: '@quick' },
  async ({ newFriends }) => {
    const [anran, bailu] = await newFriends(['安然', '白露'])
    await talk(anran, bailu, 'video')
    const before = await anran.call.seconds()
    await anran.page.reload()
    await expectTalking('video', anran, bailu)
    expect(await anran.call.seconds()).toBeGreaterThanOrEqual(before)
    await anran.call.hangUp()
    await expectNoCall(anran, bailu)
    await bailu.chats.openWith('安然')
    await expect(bailu.chats.records).toHaveText([/通话时长/])
  },
)

test('[CA12] [F24] the callee reloads in a call, muted as before', async ({ newFriends }) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await talk(anran, bailu, 'video')
  await bailu.call.toggleMicrophone()
  await expect(anran.call.says('对方已静音')).toBeVisible()
  await bailu.page.reload()
  await expect(bailu.call.microphone).toHaveAttribute('aria-pressed', 'false')
  await expect(anran.call.says('对方已静音')).toBeVisible()
  await bailu.call.toggleMicrophone()
  await expectTalking('video', anran, bailu)
  await bailu.call.hangUp()
  await expectNoCall(anran, bailu)
})

test('[CA12] both reload at once', async ({ newFriends }) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await talk(anran, bailu, 'audio')
  await Promise.all([anran.page.reload(), bailu.page.reload()])
  await expectTalking('audio', anran, bailu)
  await anran.call.hangUp()
  await expectNoCall(anran, bailu)
})

test('[CA12] the caller reloads while it rings, and can still be answered', async ({
  newFriends,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await ring(anran, bailu, 'audio')
  await anran.page.reload()
  await expect(anran.call.says('等待对方接听')).toBeVisible()
  await bailu.call.answer()
  await expectTalking('audio', anran, bailu)
})

test('[CA3] the callee reloads while it rings, and it rings again', async ({ newFriends }) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await ring(anran, bailu, 'audio')
  await bailu.page.reload()
  await expect(bailu.call.ringing('安然')).toBeVisible()
  await bailu.call.answer()
  await expectTalking('audio', anran, bailu)
})

test('[CA10] who closes the page for good has left: the other side is told', async ({
  newFriends,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await talk(anran, bailu, 'audio')
  await anran.page.close()
  await expect(bailu.call.says('对方离开了页面，正在等待返回')).toBeVisible()
  await bailu.call.hasSaid('通话中断', atMost(60_000))
  await expectNoCall(bailu)
  await bailu.chats.openWith('安然')
  await expect(bailu.chats.records).toHaveText(['通话中断'])
})

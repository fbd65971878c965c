import { expect, testInTime as test } from '../fixtures/index.ts'
import { expectNoCall, ring } from '../fixtures/talk.ts'

test('a call that nobody answers ends after a minute [CA4]', async ({
  newFriends,
  clockedServer,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await ring(anran, bailu, 'video')
  clockedServer.passTime(60_000)
  await expect(anran.call.says('对方无应答')).toBeVisible()
  await expectNoCall(anran, bailu)
  await anran.chats.openWith('白露')
  await expect(anran.chats.records).toHaveText(['对方无应答'])
})

test('a missed call is unread until it is looked at [CA4]', async ({
  newFriends,
  clockedServer,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await ring(anran, bailu, 'audio')
  clockedServer.passTime(60_000)
  await expectNoCall(anran, bailu)
  await bailu.chats.open()
  await expect(bailu.chats.row('安然')).toContainText('未接来电')
  await expect(bailu.chats.row('安然')).toContainText('1 条未读')
  await expect(bailu.page.getByRole('navigation')).toContainText('1 条未读')
  await bailu.chats.openWith('安然')
  await expect(bailu.chats.records).toHaveText(['未接来电'])
  await expect(bailu.page.getByRole('navigation')).not.toContainText('未读')
})

test('after half a minute the caller reads that nobody may be near [CA4]', async ({
  newFriends,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await anran.page.clock.install()
  await anran.page.reload()
  await anran.chats.open()
  // From here on no time passes but what the test lets pass, however long its steps take.
  await anran.page.clock.pauseAt(Date.now() + 10_000)
  await ring(anran, bailu, 'audio')
  const hint = anran.call.says('对方手机可能不在身边，建议稍后再次尝试')
  await anran.page.clock.fastForward(29_000)
  await expect(anran.call.says('等待对方接听')).toBeVisible()
  await expect(hint).toBeHidden()
  await anran.page.clock.fastForward(1_000)
  await expect(hint).toBeVisible()
  await expect(bailu.call.ringing('安然')).toBeVisible()
})

import { expect, test } from '../fixtures/index.ts'
import { expectNoCall, expectTalking, ring } from '../fixtures/talk.ts'
import { tapWire } from '../fixtures/wire.ts'
import { isOnTheRight } from '../pages/ChatsPage.ts'

test('decline', async ({ newFriends }) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await ring(anran, bailu, 'video')
  await bailu.call.decline()
  await anran.call.hasSaid('对方已拒绝')
  await expectNoCall(anran, bailu)
  await anran.chats.openWith('白露')
  await expect(anran.chats.records).toHaveText(['对方已拒绝'])
  await bailu.chats.openWith('安然')
  await expect(bailu.chats.records).toHaveText(['已拒绝'])
})

test(
  'decline with a message, which arrives in the conversation [CA6]',
  { tag: '@quick' },
  async ({ newFriends }) => {
    const [anran, bailu] = await newFriends(['安然', '白露'])
    await ring(anran, bailu, 'audio')
    await bailu.call.declineWith('在开车，半小时后回你')
    await anran.call.hasSaid('对方已拒绝')
    await anran.chats.openWith('白露')
    const message = anran.chats.log.getByText('在开车，半小时后回你', { exact: true })
    await expect(message).toBeVisible()
    expect(await isOnTheRight(message)).toBe(false)
    await expect(anran.chats.records).toHaveText(['对方已拒绝'])
    await bailu.chats.openWith('安然')
    expect(await isOnTheRight(bailu.chats.log.getByText('在开车，半小时后回你'))).toBe(true)
  },
)

test('cancel while it rings', async ({ newFriends }) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await ring(anran, bailu, 'video')
  await expect(anran.call.says('等待对方接听')).toBeVisible()
  await anran.call.cancel()
  await bailu.call.hasSaid('对方已取消')
  await expectNoCall(anran, bailu)
  await anran.chats.openWith('白露')
  await expect(anran.chats.records).toHaveText(['已取消'])
  await bailu.chats.openWith('安然')
  await expect(bailu.chats.records).toHaveText(['对方已取消'])
})

test('cancel before it rings anywhere', async ({ newFriends }) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  const wire = await tapWire(bailu)
  wire.drop({ way: 'up', type: 'call.ringing' })
  await anran.contacts.callByVoice('白露')
  await expect(bailu.call.ringing('安然')).toBeVisible()
  await expect(anran.call.says('正在呼叫…')).toBeVisible()
  await anran.call.cancel()
  await expectNoCall(anran, bailu)
  await anran.chats.openWith('白露')
  await expect(anran.chats.records).toHaveText(['已取消'])
})

test('who is offline is said to be, and rings as soon as they come [CA3]', async ({
  newFriends,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await bailu.page.goto('about:blank')
  await anran.contacts.callByVoice('白露')
  await expect(anran.call.says('对方不在线，上线后会响铃')).toBeVisible()
  await bailu.page.goto('/')
  await expect(bailu.call.ringing('安然')).toBeVisible()
  await expect(anran.call.says('等待对方接听')).toBeVisible()
  await bailu.call.answer()
  await expectTalking('audio', anran, bailu)
})

test('the title of the tab tells of the call while it rings', async ({ newFriends }) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  const before = await bailu.page.title()
  await ring(anran, bailu, 'audio')
  await expect(bailu.page).toHaveTitle(/安然/)
  await bailu.call.decline()
  await expect(bailu.page).toHaveTitle(before)
})

test('the two acts of a call in one moment are one: cancel and answer', async ({ newFriends }) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await ring(anran, bailu, 'audio')
  // Both are found first: the one act takes the other's button away at any moment.
  const cancel = await anran.call.button('取消').elementHandle()
  const answer = await bailu.call.button('接听').elementHandle()
  await Promise.all([cancel, answer].map((button) => button.dispatchEvent('click')))
  // Either the cancel won, or there was nothing left to cancel and they talk.
  await expect(bailu.call.ringing('安然')).toBeHidden()
  await anran.call.end()
  await expectNoCall(anran, bailu)
  await anran.chats.openWith('白露')
  await expect(anran.chats.records).toHaveCount(1)
})

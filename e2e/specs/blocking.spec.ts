import { expect, test } from '../fixtures/index.ts'
import { expectNoCall, talk } from '../fixtures/talk.ts'

test('block a contact in a call: it ends, and neither reaches the other one until it is undone [S17]', async ({
  newFriends,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await talk(anran, bailu, 'audio')
  await anran.call.minimise()
  await anran.contacts.openCard('白露')
  await anran.page.getByRole('button', { name: '加入黑名单' }).click()
  await anran.page.getByRole('alertdialog').getByRole('button', { name: '加入黑名单' }).click()
  await expectNoCall(anran, bailu)
  await expect(anran.page.getByRole('button', { name: '移出黑名单' })).toBeVisible()
  await expect(anran.page.getByRole('button', { name: '语音通话' })).toHaveCount(0)

  await bailu.chats.openWith('安然')
  await expect(bailu.page.locator('.subtitle')).toHaveCount(0)
  await bailu.chats.write('在吗')
  await expect(bailu.chats.log.getByText('对方不接收你的消息和通话。')).toBeVisible()
  await bailu.page.getByRole('button', { name: '语音通话' }).click()
  await expect(bailu.call.says('对方不接收你的消息和通话。')).toBeVisible()
  await expectNoCall(anran, bailu)

  await anran.chats.openWith('白露')
  await expect(anran.chats.message('在吗')).toHaveCount(0)
  await expect(anran.chats.composer).toHaveCount(0)
  await anran.page.goto('/settings/blocked')
  await anran.page.getByRole('list', { name: '黑名单' }).getByRole('link', { name: '白露' }).click()
  await anran.page.getByRole('button', { name: '移出黑名单' }).click()
  await bailu.chats.log.getByRole('button', { name: '发送失败，重试' }).click()
  await anran.chats.openWith('白露')
  await expect(anran.chats.message('在吗')).toBeVisible()
  await expect(anran.chats.composer).toBeVisible()
})

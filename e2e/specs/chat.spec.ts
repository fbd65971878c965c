import { expect, test } from '../fixtures/index.ts'

test(
  'write to each other: it is there at once, in the conversation and in the list',
  { tag: '@quick' },
  async ({ newFriends }) => {
    const [anran, bailu] = await newFriends(['安然', '白露'])
    await anran.contacts.openCard('白露')
    await anran.page.getByRole('link', { name: '发消息' }).click()
    await anran.chats.write('到了吗？')

    // Her list shows it before she has ever opened the conversation.
    await expect(bailu.chats.row('安然')).toContainText('到了吗？')
    await expect(bailu.chats.row('安然')).toContainText('1 条未读')
    await bailu.chats.openWith('安然')
    await expect(bailu.chats.message('到了吗？')).toBeVisible()
    await expect(bailu.chats.row('安然')).not.toContainText('条未读')

    await bailu.chats.write('刚到，\n在门口')
    await expect(anran.chats.message('刚到，\n在门口')).toBeVisible()
    expect(await anran.chats.texts()).toEqual(['到了吗？', '刚到，\n在门口'])
    expect(await bailu.chats.texts()).toEqual(['到了吗？', '刚到，\n在门口'])
  },
)

test('Shift+Enter breaks the line, markup stays text, a draft waits for its conversation', async ({
  newFriends,
}) => {
  const [anran] = await newFriends(['安然', '白露', '陈晨'])
  const open = async (nickname: string): Promise<void> => {
    await anran.contacts.openCard(nickname)
    await anran.page.getByRole('link', { name: '发消息' }).click()
  }
  await open('白露')
  await anran.chats.composer.pressSequentially('<b>一</b>')
  await anran.chats.composer.press('Shift+Enter')
  await anran.chats.composer.pressSequentially('二')
  await expect(anran.chats.composer).toHaveValue('<b>一</b>\n二')
  await anran.chats.composer.press('Enter')
  await expect(anran.chats.message('<b>一</b>\n二')).toBeVisible()

  await anran.chats.composer.fill('还没写完')
  await open('陈晨')
  await expect(anran.chats.composer).toHaveValue('')
  await anran.chats.open()
  await expect(anran.chats.row('白露')).toContainText('[草稿] 还没写完')
  await anran.chats.openWith('白露')
  await expect(anran.chats.composer).toHaveValue('还没写完')
})

test('[CH6] a message is sent, delivered, read, before the eyes of who wrote it', async ({
  newFriends,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await anran.contacts.openCard('白露')
  await anran.page.getByRole('link', { name: '发消息' }).click()
  await bailu.context.setOffline(true)
  await anran.chats.write('在吗？')
  await expect(anran.chats.log.getByRole('img', { name: '已发送' })).toBeVisible()
  await bailu.context.setOffline(false)
  await expect(anran.chats.log.getByRole('img', { name: '已送达' })).toBeVisible()
  await bailu.chats.openWith('安然')
  await expect(anran.chats.log.getByRole('img', { name: '已读' })).toBeVisible()
})

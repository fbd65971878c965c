import { expect, test } from '../fixtures/index.ts'

test('pin, mute, mark unread and hide a conversation, by its menu', async ({ newFriends }) => {
  const [anran, bailu, chenchen] = await newFriends(['安然', '白露', '陈晨'])
  for (const [friend, text] of [
    [bailu, '第一'],
    [chenchen, '第二'],
  ] as const) {
    await friend.contacts.openCard('安然')
    await friend.page.getByRole('link', { name: '发消息' }).click()
    await friend.chats.write(text)
  }
  const names = async (): Promise<string[]> => {
    const titles = anran.chats.list.getByRole('link').locator('.title')
    return (await titles.allTextContents()).map((title) => title.trim())
  }
  await expect.poll(names).toEqual(['陈晨', '白露'])

  await anran.chats.actOn('白露', '置顶')
  await expect.poll(names).toEqual(['白露', '陈晨'])
  await anran.chats.actOn('陈晨', '消息免打扰')
  await expect(anran.chats.row('陈晨').getByRole('img', { name: '消息免打扰' })).toBeVisible()
  await expect(anran.page).toHaveTitle(/^\(1\)/)

  await anran.chats.openWith('白露')
  await expect(anran.chats.row('白露')).not.toContainText('条未读')
  await anran.chats.open()
  await anran.chats.actOn('白露', '标为未读')
  await expect(anran.chats.row('白露')).toContainText('1 条未读')

  await anran.chats.actOn('白露', '不显示')
  await expect.poll(names).toEqual(['陈晨'])
  await bailu.chats.write('还在吗？')
  await expect.poll(names).toEqual(['白露', '陈晨'])
})

test('clear the messages: gone for oneself, there for the other', async ({ newFriends }) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await anran.contacts.openCard('白露')
  await anran.page.getByRole('link', { name: '发消息' }).click()
  await anran.chats.write('一')
  await anran.chats.write('二')
  await anran.page.getByRole('button', { name: '聊天信息' }).click()
  await anran.page.getByRole('switch', { name: '置顶聊天' }).click()
  await anran.page.getByRole('button', { name: '清空聊天记录' }).click()
  await anran.page.getByRole('button', { name: '清空', exact: true }).click()
  await anran.page.goBack()
  await expect(anran.chats.log).toContainText('还没有消息')
  await bailu.chats.openWith('安然')
  await expect(bailu.chats.message('二')).toBeVisible()
  await bailu.chats.write('三')
  await expect(anran.chats.message('三')).toBeVisible()
  await anran.page.reload()
  await expect(anran.chats.message('三')).toBeVisible()
  expect(await anran.chats.texts()).toEqual(['三'])
})

test('what is new has a line above it, and further up a button counts what comes', async ({
  newFriends,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await bailu.contacts.openCard('安然')
  await bailu.page.getByRole('link', { name: '发消息' }).click()
  await bailu.chats.write('旧的')
  await anran.chats.openWith('白露')
  await anran.chats.open()
  for (let n = 1; n <= 25; n += 1) await bailu.chats.write(`新的 ${String(n)}`)
  await expect(anran.chats.row('白露')).toContainText('25 条未读')
  await anran.chats.openWith('白露')
  await expect(anran.chats.message('新的 25')).toBeInViewport()
  const line = anran.chats.log.getByRole('separator')
  await anran.chats.scrollTo(line)
  await expect(line).toHaveText('以下是新消息')
  await expect(anran.page.getByRole('button', { name: '回到最新' })).toBeVisible()
  await bailu.chats.write('又一条')
  await anran.page.getByRole('button', { name: '1 条新消息' }).click()
  await expect(anran.chats.message('又一条')).toBeInViewport()
  await expect(anran.page.getByRole('button', { name: /新消息|回到最新/ })).toHaveCount(0)
})

import { expect, test } from '../fixtures/index.ts'
import { talk } from '../fixtures/talk.ts'

test('find by number, ask with a greeting, be accepted, and call', async ({
  newUser,
  newFriends,
}) => {
  const newcomer = await newUser('new')
  const [bailu] = await newFriends(['白露'])

  await newcomer.contacts.ask(bailu.mobile, '我是新来的')
  await expect(newcomer.page.getByText('已发送请求，等待对方接受')).toBeVisible()

  // She hears of it at once, and he of her answer.
  await expect(bailu.page.getByRole('navigation')).toContainText('1 个新请求')
  await bailu.contacts.openRequests()
  await expect(bailu.page.getByText('我是新来的')).toBeVisible()
  await bailu.contacts.accept(newcomer.nickname)
  await newcomer.contacts.open()
  await expect(newcomer.contacts.row('白露')).toBeVisible()
  await talk(newcomer, bailu, 'audio')
})

test('a number that nobody has is said to be nobody’s', async ({ newUser }) => {
  const newcomer = await newUser('new')
  await newcomer.contacts.find('13899999999')
  await expect(newcomer.page.getByText('没有找到使用这个手机号的用户')).toBeVisible()
})

test('a stranger can be found and not called [CA1]', async ({ newUser, newFriends }) => {
  const newcomer = await newUser('new')
  const [bailu] = await newFriends(['白露'])
  await newcomer.contacts.find(bailu.mobile)
  const found = newcomer.page.getByRole('region', { name: '白露' })
  await expect(found.getByText('还不是你的联系人')).toBeVisible()
  await expect(newcomer.page.getByRole('button', { name: /通话/ })).toHaveCount(0)
  await newcomer.page.goto(`/contacts/${bailu.id}`)
  await expect(newcomer.page.getByText('不在你的通讯录中')).toBeVisible()
  await expect(newcomer.page.getByRole('button', { name: /通话/ })).toHaveCount(0)
})

for (const { name, viewport } of [
  { name: 'beside a conversation', viewport: { width: 1440, height: 900 } },
  { name: 'from below a page of a phone', viewport: { width: 390, height: 844 } },
]) {
  test(`Ctrl+K goes to the search, ${name}`, async ({ newFriends }) => {
    const [anran] = await newFriends([{ nickname: '安然', viewport }, '白露'])
    await anran.contacts.openCard('白露')
    await anran.page.getByRole('link', { name: '发消息' }).click()
    await expect(anran.page.getByRole('log')).toBeAttached()
    await anran.page.keyboard.press('Control+k')
    const search = anran.page.getByRole('searchbox')
    await expect(search).toBeFocused()
    await expect(search).toHaveAttribute('aria-keyshortcuts', 'Control+K')
    await anran.page.keyboard.type('bailu')
    await expect(anran.contacts.row('白露')).toBeVisible()
  })
}

test('the search knows names, pinyin and numbers', async ({ newUser }) => {
  const anran = await newUser(0)
  await anran.contacts.open()
  const search = anran.page.getByRole('searchbox')
  for (const query of ['白露', 'bailu', 'bl', '13006789002']) {
    await search.fill(query)
    await expect(anran.contacts.list.getByRole('link')).toHaveCount(1)
    await expect(anran.contacts.row('白露')).toBeVisible()
  }
  await search.fill('没有这个人')
  await expect(anran.page.getByText('没有找到“没有这个人”')).toBeVisible()
})

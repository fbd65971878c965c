import { expect, test } from '../fixtures/index.ts'

test('choose emoji by group, by name and from those used last', async ({ newFriends }) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await anran.contacts.openCard('白露')
  await anran.page.getByRole('link', { name: '发消息' }).click()
  await anran.chats.composer.fill('生日快乐！')
  await anran.page.getByRole('button', { name: '表情' }).click()
  const picker = anran.page.getByRole('region', { name: '表情' })
  await picker.getByRole('button', { name: '食物与饮料' }).click()
  await picker.getByRole('button', { name: '生日蛋糕' }).click()
  await picker.getByRole('searchbox', { name: '搜索表情' }).fill('气球')
  await picker.getByRole('button', { name: '气球', exact: true }).click()
  await anran.chats.composer.press('Enter')
  await expect(bailu.chats.row('安然')).toContainText('生日快乐！🎂🎈')

  await anran.page.reload()
  await anran.page.getByRole('button', { name: '表情' }).click()
  await expect(picker.getByText('最近使用')).toBeVisible()
  await picker.getByRole('button', { name: '生日蛋糕' }).first().click()
  await expect(anran.chats.composer).toHaveValue('🎂')
})

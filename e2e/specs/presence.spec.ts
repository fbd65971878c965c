import { expect, test } from '../fixtures/index.ts'

test('the other one reads that I am here and that I write, until I do not want it', async ({
  newFriends,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await anran.contacts.openCard('白露')
  await anran.page.getByRole('link', { name: '发消息' }).click()
  await bailu.contacts.openCard('安然')
  await bailu.page.getByRole('link', { name: '发消息' }).click()
  const line = bailu.page.locator('.subtitle')
  await expect(line).toHaveText('在线')
  await anran.chats.composer.pressSequentially('你')
  await expect(line).toHaveText('对方正在输入…')
  await anran.chats.composer.press('Enter')
  await expect(bailu.chats.message('你')).toBeVisible()
  await expect(line).toHaveText('在线')

  await anran.page.goto('/settings')
  const shows = anran.page.getByRole('switch', { name: '在线状态' })
  await expect(shows).toBeChecked()
  await shows.click()
  await expect(line).toHaveCount(0)
  await anran.page.reload()
  await expect(anran.page.getByRole('switch', { name: '在线状态' })).not.toBeChecked()
})

test('when somebody has gone it says since when', async ({ newFriends }) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await bailu.contacts.openCard('安然')
  await bailu.page.getByRole('link', { name: '发消息' }).click()
  const line = bailu.page.locator('.subtitle')
  await expect(line).toHaveText('在线')
  await anran.page.close()
  await expect(line).toHaveText(/^上次在线：\d\d:\d\d$/)
})

import { expect, test } from '../fixtures/index.ts'

test('[S7] see where one is logged in, and log another device out from here', async ({
  newFriends,
  users,
}) => {
  const [here] = await newFriends(['安然'])
  const there = await users.device(here)
  await here.page.goto('/settings')
  await here.page.getByRole('link', { name: '登录设备' }).click()
  const rows = here.page.getByRole('list', { name: '登录设备' }).getByRole('listitem')
  await expect(rows).toHaveCount(2)
  await expect(rows.first()).toContainText('当前设备')
  await here.page.getByRole('button', { name: '结束登录' }).click()
  await expect(rows).toHaveCount(1)
  await expect(there.page).toHaveURL(/login/)
})

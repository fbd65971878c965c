import { expect, test } from '../fixtures/index.ts'

test('whoever logs in sees the contacts', { tag: '@quick' }, async ({ newUser }) => {
  const user = await newUser(0)
  await user.contacts.open()
  await expect(user.contacts.row('白露')).toBeVisible()
  await expect(user.contacts.row('沐阳')).toBeVisible()
})

test('whoever has just registered has no contacts yet', async ({ newUser }) => {
  const user = await newUser('new')
  await user.contacts.open()
  await expect(user.page.getByText('还没有联系人')).toBeVisible()
})

test('the registration has an address', async ({ newVisitor }) => {
  const { page, login } = await newVisitor()
  await page.goto('/register')
  await expect(login.nickname).toBeVisible()
})

test('who logs in while the rest of the app can not be fetched is told, and gets in the next time', async ({
  newVisitor,
}) => {
  const { page, login } = await newVisitor()
  await page.route('**/assets/SignedInRooms*', (route) => route.abort())
  await login.open()
  const account = { mobile: '13006789001', password: '123456' }
  await login.submit(account)
  await expect(login.error).toBeVisible()
  await page.unroute('**/assets/SignedInRooms*')
  await login.submit(account)
  await expect(page.getByRole('navigation', { name: '主导航' })).toBeVisible()
})

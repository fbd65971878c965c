import { expect, test } from '../fixtures/index.ts'

test('whoever logs in sees the contacts', async ({ newUser }) => {
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

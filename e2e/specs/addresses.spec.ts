import { expect, test } from '../fixtures/index.ts'

const BROKEN = [
  '/chats/%00',
  '/chats/%',
  '/chats/a/around/x',
  '/contacts/%ff',
  '/settings/calls/%00',
  '/nowhere',
  '/%2e%2e/x',
]

test('a broken address shows a page of the app that says so', async ({ newFriends }) => {
  const [{ page }] = await newFriends(['安然', '白露'])
  const { origin } = new URL(page.url())
  for (const path of BROKEN) {
    await page.goto(`${origin}${path}`)
    await expect(
      page.getByRole('heading', { name: /不存在|找不到|不在你的通讯录中/ }),
      path,
    ).toBeVisible()
  }
})

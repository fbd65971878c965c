import type { APIRequestContext } from '@playwright/test'
import { expect, test } from '../fixtures/index.ts'
import type { Tab } from '../fixtures/index.ts'

/** The app is kept by this browser, and answers for this page. */
async function expectKept({ page }: Tab): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
}

async function write({ contacts, chats, page }: Tab, nickname: string, text: string) {
  await contacts.openCard(nickname)
  await page.getByRole('link', { name: '发消息' }).click()
  await chats.write(text)
  await expect(chats.log.getByRole('img', { name: '发送中' })).toHaveCount(0)
}

async function logOut({ page }: Tab): Promise<void> {
  await page.getByRole('link', { name: '我', exact: true }).click()
  await page.getByRole('button', { name: '退出登录' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: '退出登录' }).click()
  await expect(page).toHaveURL(/\/login$/)
}

/** What the server says of the session that this browser had. */
async function statusOf(request: APIRequestContext, url: string, cookie: string): Promise<number> {
  return (await request.get(`${url}/api/session`, { headers: { cookie } })).status()
}

test('[CH7] [G7] opens without a network: every list and history is there, and both messages go out in order', async ({
  newFriends,
}) => {
  const [anran, bailu, chenchen] = await newFriends([
    { nickname: '安然', keepsApp: true },
    '白露',
    '陈晨',
  ])
  await write(bailu, '安然', '路上小心')
  await write(chenchen, '安然', '周末有空吗')
  await anran.chats.openWith('陈晨')
  await expect(anran.chats.message('周末有空吗')).toBeVisible()
  await anran.chats.openWith('白露')
  await expect(anran.chats.message('路上小心')).toBeVisible()
  await expectKept(anran)

  await anran.context.setOffline(true)
  await anran.page.reload()
  await expect(anran.chats.message('路上小心')).toBeVisible()
  await expect(anran.page.getByRole('status').filter({ hasText: '网络不可用' })).toBeVisible()
  await anran.chats.openWith('陈晨')
  await expect(anran.chats.message('周末有空吗')).toBeVisible()
  await anran.page.goto('/contacts')
  await expect(anran.page.getByRole('link', { name: '陈晨' })).toBeVisible()
  await anran.chats.openWith('白露')
  for (const text of ['到了', '晚安']) await anran.chats.write(text)
  await expect(anran.chats.log.getByRole('img', { name: '发送中' })).toHaveCount(2)

  await anran.context.setOffline(false)
  await expect.poll(() => bailu.chats.texts()).toEqual(['路上小心', '到了', '晚安'])
  await expect(anran.chats.log.getByRole('img', { name: '发送中' })).toHaveCount(0)
})

test('who logs out without a network is out, and the server hears of it later', async ({
  newFriends,
  request,
  server,
}) => {
  const [anran, bailu] = await newFriends([{ nickname: '安然', keepsApp: true }, '白露'])
  await write(bailu, '安然', '只给你看')
  await anran.chats.openWith('白露')
  await expectKept(anran)
  const cookies = await anran.context.cookies()
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')

  await anran.context.setOffline(true)
  await logOut(anran)
  await expect(anran.page.getByText('联网后会告知服务器')).toBeVisible()
  await expect
    .poll(() => anran.page.evaluate(async () => (await indexedDB.databases()).length))
    .toBe(0)
  await anran.page.goto('/')
  await expect(anran.page).toHaveURL(/\/login$/)
  expect(await statusOf(request, server.url, cookie)).toBe(200)

  await anran.context.setOffline(false)
  await expect.poll(() => statusOf(request, server.url, cookie)).toBe(401)
  await anran.login.submit(anran)
  await expect(anran.chats.row('白露')).toContainText('只给你看')
  await anran.page.reload()
  await expect(anran.chats.row('白露')).toBeVisible()
})

test('[CH6] a session that ended meanwhile costs nothing that was written without a network', async ({
  newFriends,
  request,
  server,
}) => {
  const [anran, bailu] = await newFriends([{ nickname: '安然', keepsApp: true }, '白露'])
  await write(bailu, '安然', '路上小心')
  await anran.chats.openWith('白露')
  await expectKept(anran)
  const cookies = await anran.context.cookies()
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  await anran.context.setOffline(true)
  await anran.page.reload()
  for (const text of ['到了', '晚安']) await anran.chats.write(text)
  await expect.poll(() => anran.chats.texts()).toEqual(['路上小心', '到了', '晚安'])
  await request.delete(`${server.url}/api/session`, { headers: { cookie, origin: server.url } })

  await anran.context.setOffline(false)
  await expect(anran.page.getByText('登录已失效')).toBeVisible()
  await anran.login.submit(anran)
  await expect.poll(() => bailu.chats.texts()).toEqual(['路上小心', '到了', '晚安'])
})

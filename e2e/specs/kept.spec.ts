import { expect, testAlone as test } from '../fixtures/index.ts'
import type { Tab } from '../fixtures/index.ts'

/** The app is kept by this browser, and answers for this page. */
async function expectKept({ page }: Tab): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
}

test('[CH7] [G7] opens without a server: all that was seen is there, and what is written goes out in order', async ({
  newFriends,
  ownServer,
}) => {
  const [anran, bailu] = await newFriends([{ nickname: '安然', keepsApp: true }, '白露'])
  await bailu.contacts.openCard('安然')
  await bailu.page.getByRole('link', { name: '发消息' }).click()
  await bailu.chats.write('路上小心')
  await anran.chats.openWith('白露')
  await expect(anran.chats.message('路上小心')).toBeVisible()
  await expectKept(anran)

  await ownServer.kill()
  await anran.page.reload()
  await expect(anran.chats.message('路上小心')).toBeVisible()
  await anran.page.goto('/')
  await expect(anran.chats.row('白露')).toContainText('路上小心')
  await expect(anran.page.getByRole('status').filter({ hasText: /网络不可用|连接/ })).toBeVisible()
  await anran.chats.row('白露').click()
  for (const text of ['一', '二', '三']) await anran.chats.write(text)
  await anran.page.reload()
  await expect.poll(() => anran.chats.texts()).toEqual(['路上小心', '一', '二', '三'])

  await ownServer.start()
  await expect.poll(() => bailu.chats.texts()).toEqual(['路上小心', '一', '二', '三'])
  await expect(anran.chats.log.getByRole('img', { name: '发送中' })).toHaveCount(0)
})

test('with a server the page is the newest one, and the kept one only without', async ({
  newFriends,
  ownServer,
}) => {
  const [anran] = await newFriends([{ nickname: '安然', keepsApp: true }])
  await expectKept(anran)
  await anran.page.evaluate(async () => {
    const [name = ''] = (await caches.keys()).filter((one) => one.startsWith('ahoy-'))
    const old = new Response('an older page', { headers: { 'content-type': 'text/html' } })
    await (await caches.open(name)).put('/index.html', old)
  })
  await anran.page.reload()
  await expect(anran.page.getByRole('navigation', { name: '主导航' })).toBeVisible()
  await ownServer.kill()
  await anran.page.reload()
  await expect(anran.page.getByText('an older page')).toBeVisible()
})

test('the browser has nothing against installing the app', async ({ newFriends }) => {
  const [anran] = await newFriends([{ nickname: '安然', keepsApp: true }])
  await expectKept(anran)
  const devtools = await anran.context.newCDPSession(anran.page)
  const { url, errors, data = '{}' } = await devtools.send('Page.getAppManifest')
  expect({ path: new URL(url).pathname, errors }).toEqual({
    path: '/manifest.webmanifest',
    errors: [],
  })
  // A context of a test counts as a private window, in which nothing is installed.
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors')
  expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([])
  const { icons } = JSON.parse(data) as { icons: { src: string; type: string }[] }
  for (const { src, type } of icons) {
    const response = await anran.page.request.get(src)
    expect([src, response.headers()['content-type']]).toEqual([src, type])
  }
})

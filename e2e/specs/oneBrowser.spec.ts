import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures/index.ts'
import type { Friend } from '../fixtures/users.ts'
import { tabOf } from '../fixtures/users.ts'
import { LoginPage } from '../pages/LoginPage.ts'

/** Takes one tab off the network, while the other tabs of its browser stay on. */
async function holdNetwork(page: Page): Promise<{ cut: () => Promise<void>; restore: () => void }> {
  let isCut = false
  let close: (() => Promise<void>) | undefined
  await page.route('**/api/**', (route) => (isCut ? route.abort() : route.fallback()))
  await page.routeWebSocket('**/ws', (socket) => {
    close = () => socket.close()
    if (isCut) void close()
    else socket.connectToServer()
  })
  await page.reload()
  await page.getByRole('navigation').first().waitFor()
  return {
    async cut() {
      isCut = true
      await close?.()
    },
    restore: () => void (isCut = false),
  }
}

/** What a browser keeps of an account, as one text. */
const keptOf = (page: Page, accountId: string): Promise<string> =>
  page.evaluate(async (name) => {
    const known = await indexedDB.databases()
    if (!known.some((one) => one.name === name)) return ''
    const answer = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => {
          resolve(request.result)
        }
        request.onerror = () => {
          reject(new Error(String(request.error)))
        }
      })
    const database = await answer(indexedDB.open(name))
    const stores = [...database.objectStoreNames]
    const work = database.transaction(stores)
    const all = await Promise.all(stores.map((store) => answer(work.objectStore(store).getAll())))
    database.close()
    return JSON.stringify(all)
  }, `ahoy.${accountId}`)

async function writeOffline(anran: Friend, text: string) {
  await anran.contacts.openCard('白露')
  await anran.page.getByRole('link', { name: '发消息' }).click()
  await anran.chats.composer.waitFor()
  const network = await holdNetwork(anran.page)
  await network.cut()
  await anran.chats.write(text)
  await expect(anran.chats.log.getByRole('img', { name: '发送中' })).toHaveCount(1)
  return network
}

test(
  '[HS12] what somebody wrote offline is not sent as who logs in in another tab, and goes out when they are back',
  { tag: '@quick' },
  async ({ newFriends }) => {
    const [anran, bailu] = await newFriends(['安然', '白露'])
    const network = await writeOffline(anran, '只有安然会这么说')
    // Ended elsewhere: no tab of this browser has done it.
    await anran.context.request.delete('/api/session', { headers: { origin: anran.page.url() } })
    const second = tabOf(await anran.context.newPage())
    await new LoginPage(second.page).logIn(bailu)
    network.restore()
    await expect(anran.page).toHaveURL(/login/)
    await bailu.contacts.openCard('安然')
    await bailu.page.getByRole('link', { name: '发消息' }).click()
    await bailu.chats.write('你在吗')
    await second.chats.openWith('安然')
    await expect.poll(() => second.chats.texts()).toEqual(['你在吗'])
    const kept = await keptOf(anran.page, anran.id)
    expect(kept).toContain('只有安然会这么说')
    expect(kept).not.toContain('你在吗')

    await new LoginPage(anran.page).submit(anran)
    await expect.poll(() => bailu.chats.texts()).toEqual(['你在吗', '只有安然会这么说'])
    await expect(bailu.chats.log.getByRole('img', { name: /发送|已/ })).toHaveCount(1)
    await expect(second.page).toHaveURL(/login/)
  },
)

test('[HS12] who logs out in one tab has left in all, also in one without a network', async ({
  newFriends,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  const second = await anran.openTab()
  const network = await writeOffline(anran, '只有安然会这么说')
  // The other tab has a way to the server: it has sent it, as hers.
  await bailu.chats.openWith('安然')
  await expect.poll(() => bailu.chats.texts()).toEqual(['只有安然会这么说'])
  await second.page.goto('/me')
  await second.page.getByRole('button', { name: '退出登录' }).click()
  await second.page.getByRole('alertdialog').getByRole('button', { name: '退出登录' }).click()
  await expect(second.page).toHaveURL(/login/)
  await expect(anran.page).toHaveURL(/login/)
  await new LoginPage(second.page).logIn(bailu)
  network.restore()
  await second.chats.openWith('安然')
  await expect.poll(() => second.chats.texts()).toEqual(['只有安然会这么说'])
  expect(await keptOf(second.page, anran.id)).toBe('')
})

/** Everything that the tab itself holds: its storage, its place in the history, the stores of the app. */
const heldBy = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const seen = new Set<unknown>()
    const texts: string[] = []
    function partsOf(value: object): unknown[] {
      if (value instanceof Node || value instanceof Window) return []
      const items: unknown[] = value instanceof Map || value instanceof Set ? [...value] : []
      return [...items, ...(Object.values(value) as unknown[])]
    }
    function walk(value: unknown): void {
      if (typeof value === 'string') texts.push(value)
      if (typeof value !== 'object' || value === null || seen.has(value)) return
      seen.add(value)
      for (const part of partsOf(value)) walk(part)
    }
    const root = document.querySelector('#app') as unknown as {
      __vue_app__: { config: { globalProperties: { $pinia: { _s: unknown } } } }
    }
    // Of Pinia, what it calls its stores.
    walk(root.__vue_app__.config.globalProperties.$pinia._s)
    const stores = texts.length
    walk([history.state, sessionStorage])
    if (stores === 0) throw new Error('the stores were not found')
    return texts.join('\n')
  })

test('nothing of somebody is left in their tab after they logged out: not for Back, not in its memory', async ({
  newFriends,
}) => {
  const [anran, bailu, chenchen] = await newFriends(['安然', '白露', '陈晨'])
  const secret = '只说给陈晨听'
  await anran.contacts.openCard('陈晨')
  await anran.page.getByRole('link', { name: '发消息' }).click()
  await anran.chats.write(secret)
  await chenchen.chats.openWith('安然')
  await anran.chats.act(secret, '转发')
  await expect(anran.page.getByRole('list', { name: '可以转发到' })).toBeVisible()
  expect(await heldBy(anran.page)).toContain(secret)
  await anran.page.evaluate(() => {
    document.querySelector<HTMLAnchorElement>('a[href="/me"]')?.click()
  })
  await anran.page.getByRole('button', { name: '退出登录' }).click()
  await anran.page.getByRole('alertdialog').getByRole('button', { name: '退出登录' }).click()
  await expect(anran.page).toHaveURL(/login/)
  expect(await heldBy(anran.page)).not.toContain(secret)

  const login = new LoginPage(anran.page)
  await login.submit(bailu)
  await anran.page.getByRole('navigation', { name: '主导航' }).waitFor()
  await anran.page.goBack()
  await expect(anran.page.getByText('没有要转发的消息')).toBeVisible()
  expect(await heldBy(anran.page)).not.toContain(secret)
})

test('the address to go on to after the log-in never leads elsewhere, nor to a broken page', async ({
  newVisitor,
  newFriends,
}) => {
  const [anran] = await newFriends(['安然'])
  const visitor = await newVisitor()
  await visitor.page.goto('/login?to=//example.invalid/x')
  await visitor.login.submit(anran)
  await visitor.page.getByRole('navigation', { name: '主导航' }).waitFor()
  await expect(visitor.page).toHaveURL(({ origin, pathname, search }) => {
    return origin === new URL(anran.page.url()).origin && pathname === '/' && search === ''
  })
})

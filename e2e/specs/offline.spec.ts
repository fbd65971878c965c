import { expect, test } from '../fixtures/index.ts'
import type { Tab } from '../fixtures/index.ts'

async function openWith({ contacts, chats, page }: Tab, nickname: string): Promise<void> {
  await contacts.openCard(nickname)
  await page.getByRole('link', { name: '发消息' }).click()
  await expect(chats.composer).toBeVisible()
}

const NUMBERS = ['一', '二', '三']

test(
  '[CH7] [G7] what is written offline goes out by itself, in order, when the net is back',
  { tag: '@quick' },
  async ({ newFriends }) => {
    const [anran, bailu] = await newFriends(['安然', '白露'])
    await openWith(anran, '白露')
    await anran.context.setOffline(true)
    for (const text of NUMBERS) await anran.chats.write(text)
    await expect(anran.chats.log.getByRole('img', { name: '发送中' })).toHaveCount(3)
    await anran.context.setOffline(false)
    await expect(anran.chats.log.getByRole('img', { name: '发送中' })).toHaveCount(0)
    await bailu.chats.openWith('安然')
    await expect.poll(() => bailu.chats.texts()).toEqual(NUMBERS)
    expect(await anran.chats.texts()).toEqual(NUMBERS)
  },
)

test('[G6] what came while the net was away is there when it is back, in order', async ({
  newFriends,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await openWith(anran, '白露')
  await openWith(bailu, '安然')
  await bailu.context.setOffline(true)
  const missed = Array.from({ length: 20 }, (_, n) => `第 ${n + 1} 条`)
  for (const text of missed) await anran.chats.write(text)
  await expect(anran.chats.log.getByRole('img', { name: '发送中' })).toHaveCount(0)
  await bailu.context.setOffline(false)
  await expect.poll(() => bailu.chats.texts()).toEqual(missed)
})

test('[CH7] [G7] a conversation that was never opened can be written in offline', async ({
  newFriends,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  // Their code comes by itself, soon after the first page.
  await anran.page.waitForLoadState('networkidle')
  await anran.context.setOffline(true)
  await openWith(anran, '白露')
  for (const text of NUMBERS) await anran.chats.write(text)
  await expect.poll(() => anran.chats.texts()).toEqual(NUMBERS)
  await anran.context.setOffline(false)
  await bailu.chats.openWith('安然')
  await expect.poll(() => bailu.chats.texts()).toEqual(NUMBERS)
  await expect.poll(() => anran.chats.texts()).toEqual(NUMBERS)
})

test('[CH7] [G7] a full outbox and a draft survive the page', async ({ newFriends }) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await openWith(anran, '白露')
  // The page may be loaded anew, but its socket and its questions get nowhere.
  await anran.page.routeWebSocket('**/ws', (socket) => void socket.close())
  await anran.page.reload()
  for (const text of NUMBERS) await anran.chats.write(text)
  await anran.chats.composer.fill('还没写完')
  await anran.page.reload()
  await expect.poll(() => anran.chats.texts()).toEqual(NUMBERS)
  await expect(anran.chats.composer).toHaveValue('还没写完')

  await anran.page.unrouteAll()
  const { page: other } = await anran.openTab()
  await expect(other.getByRole('img', { name: '发送中' })).toHaveCount(0)
  await expect.poll(() => anran.chats.texts()).toEqual(NUMBERS)
  await bailu.chats.openWith('安然')
  await expect.poll(() => bailu.chats.texts()).toEqual(NUMBERS)
})

test('[CH9] two tabs of one account agree on messages, badges and drafts', async ({
  newFriends,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await openWith(anran, '白露')
  const other = await anran.openTab()
  await other.chats.open()
  await bailu.page.goto('/')
  await openWith(bailu, '安然')
  await bailu.chats.write('看到了吗？')
  await expect(anran.chats.message('看到了吗？')).toBeVisible()
  await expect(other.chats.row('白露')).toContainText('看到了吗？')
  await anran.page.bringToFront()
  await expect(other.chats.row('白露')).not.toContainText('条未读')
  await anran.chats.composer.fill('草稿')
  await expect(other.chats.row('白露')).toContainText('[草稿] 草稿')
})

test('what was seen is there before the server answers, and gone after the log-out', async ({
  newFriends,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await openWith(bailu, '安然')
  await bailu.chats.write('留给你的话')
  await anran.chats.openWith('白露')
  await expect(anran.chats.message('留给你的话')).toBeVisible()
  // The files of the page still come, nothing else does.
  await anran.page.route('**/api/**', () => undefined)
  await anran.page.routeWebSocket('**/ws', () => undefined)
  await anran.page.reload()
  await expect(anran.chats.message('留给你的话')).toBeVisible()
  await expect(anran.chats.row('白露')).toContainText('留给你的话')

  await anran.page.unrouteAll()
  await anran.page.goto('/me')
  await anran.page.getByRole('button', { name: '退出登录' }).click()
  await anran.page.getByRole('alertdialog').getByRole('button', { name: '退出登录' }).click()
  await expect(anran.page).toHaveURL(/login/)
  await expect
    .poll(() => anran.page.evaluate(async () => (await indexedDB.databases()).length))
    .toBe(0)
})

test('goes on with what HTTP gives where neither the database nor a live connection answers', async ({
  newFriends,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await openWith(bailu, '安然')
  await bailu.chats.write('看到了吗？')
  await expect(anran.chats.row('白露')).toContainText('看到了吗？')
  // Another page holds the database, and wants it deleted: whoever asks for it waits.
  const holder = await anran.context.newPage()
  await holder.goto('/icon.svg')
  await holder.evaluate(async (name) => {
    await new Promise<void>((resolve) => {
      const opening = indexedDB.open(name)
      opening.onsuccess = () => {
        const { result } = opening
        Object.assign(window, { held: result })
        // Known not to close; the tab of the app does.
        result.onversionchange = () => {
          resolve()
        }
        indexedDB.deleteDatabase(name)
      }
    })
  }, `ahoy.${anran.id}`)
  await anran.page.routeWebSocket('**/ws', () => undefined)
  await anran.page.reload()
  await expect(anran.chats.row('白露')).toContainText('看到了吗？')
  const notices = anran.page.getByRole('status')
  await expect(notices.filter({ hasText: '草稿和未发出的消息将会丢失' })).toBeVisible()
  await expect(notices.filter({ hasText: '此网络阻止了实时连接' })).toBeVisible()
})

test('[CH7] what is written after "Clear site data" is kept', async ({ newFriends }) => {
  const [anran] = await newFriends(['安然', '白露'])
  await openWith(anran, '白露')
  const { page, chats } = anran
  // The browser takes the database from a page that goes on.
  const devtools = await anran.context.newCDPSession(page)
  await devtools.send('Storage.clearDataForOrigin', {
    origin: new URL(page.url()).origin,
    storageTypes: 'indexeddb',
  })
  await page.routeWebSocket('**/ws', (socket) => void socket.close())
  await anran.context.setOffline(true)
  await chats.write('清除之后写的')
  await chats.composer.fill('还没写完')
  await anran.context.setOffline(false)
  await page.reload()
  await expect(chats.message('清除之后写的')).toBeVisible()
  await expect(chats.composer).toHaveValue('还没写完')
})

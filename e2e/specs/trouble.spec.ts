import { PLAIN_HOST } from '../fixtures/browser.ts'
import { expect, test, testAlone } from '../fixtures/index.ts'
import { expectNoCall, expectSound, expectTalking, ring, talk } from '../fixtures/talk.ts'
import { atMost } from '../fixtures/patience.ts'

/** A request that nobody answers is given up after 15 s. */
const GIVEN_UP = atMost(60_000)
/** What is said while the server can't be reached, at first and later. */
const AWAY = /^(?:连接中…|暂时无法连接到服务器)/

for (const [who, leaver] of [
  ['caller', 0],
  ['callee', 1],
] as const) {
  testAlone(
    `a call outlives the server, and ends on both sides when the ${who} hangs up`,
    async ({ newFriends, ownServer }) => {
      const people = await newFriends(['安然', '白露'])
      await talk(people[0], people[1], 'audio')
      await ownServer.kill()
      for (const { page } of people) await expect(page.getByText(AWAY)).toBeVisible()
      await expectSound(...people)
      await people[leaver].call.hangUp()
      for (const { call } of people) await call.hasSaid(/^通话时长/)
      await expectNoCall(...people)
    },
  )
}

testAlone('a dial without a server says why it does not go', async ({ newFriends, ownServer }) => {
  const [anran] = await newFriends(['安然', '白露'])
  await anran.contacts.openCard('白露')
  const button = anran.page.getByRole('button', { name: '语音通话' })
  await expect(button).toBeVisible()
  await ownServer.kill()
  await expect(anran.page.getByText(AWAY)).toBeVisible()
  await button.click()
  await anran.call.hasSaid('服务器没有回应，请检查网络后重试。', GIVEN_UP)
  await expectNoCall(anran)
})

testAlone('after the server has come back, calls go again', async ({ newFriends, ownServer }) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await ownServer.kill()
  for (const { page } of [anran, bailu]) await expect(page.getByText(AWAY)).toBeVisible()
  await ownServer.start()
  for (const { page } of [anran, bailu]) {
    await expect(page.getByText(AWAY)).toBeHidden(GIVEN_UP)
  }
  await talk(anran, bailu, 'audio')
})

test('on an insecure origin a call says that it needs https', async ({ newVisitor, server }) => {
  const { page, login, contacts, call, guard } = await newVisitor()
  guard.allow(/Cross-Origin-Opener-Policy header has been ignored/)
  const { port } = new URL(server.url)
  await page.goto(`http://${PLAIN_HOST}:${port}/login`)
  await login.submit({ mobile: '13006789003', password: '123456' })
  await contacts.callByVoice('沐阳')
  await expect(call.says('通话需要安全连接，请用 https 地址打开。')).toBeVisible()
})

test('who logs out leaves the call', async ({ newFriends }) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await talk(anran, bailu, 'audio')
  await anran.call.minimise()
  await anran.page.getByRole('link', { name: '我', exact: true }).click()
  await anran.page.getByRole('button', { name: '退出登录' }).click()
  await anran.page.getByRole('alertdialog').getByRole('button', { name: '退出登录' }).click()
  await expect(anran.page).toHaveURL(/\/login$/)
  await expectNoCall(anran, bailu)
  for (const { media } of [anran, bailu]) {
    await expect.poll(() => media.openConnections()).toBe(0)
    expect(await media.liveTracks()).toEqual([])
  }
})

test('the other tabs of who logs out go to the login', async ({ newFriends }) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  const secondTab = await anran.openTab()
  await talk(secondTabOf(anran, secondTab), bailu, 'audio')
  await anran.page.goto('/me')
  await anran.page.getByRole('button', { name: '退出登录' }).click()
  await anran.page.getByRole('alertdialog').getByRole('button', { name: '退出登录' }).click()
  await expect(secondTab.page).toHaveURL(/\/login/)
  await expectNoCall(secondTab, bailu)
})

const secondTabOf = <T, U>(user: T, tab: U): T & U => ({ ...user, ...tab })

test('[F25] who cannot come back in time leaves the call to the other', async ({ newFriends }) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await ring(anran, bailu, 'audio')
  await bailu.call.answer()
  await expectTalking('audio', anran, bailu)
  await bailu.page.close()
  await expect(anran.call.says('对方离开了页面，正在等待返回')).toBeVisible()
  await anran.call.hasSaid(/^通话中断|^通话时长/, atMost(60_000))
  await expectNoCall(anran)
})

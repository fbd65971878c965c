import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { AppError } from '#shared/errors.ts'
import LoginPage from '#client/accounts/LoginPage.vue'
import { mountClient, type Client, type MountOptions } from '../../support/client/mountClient.ts'
import { ME, uuid } from '../../support/client/people.ts'
import { byRole } from '../../support/client/roles.ts'

const signedOut = { 'GET /api/session': new AppError('auth/signed-out') }

async function showLogin(options: MountOptions = {}): Promise<Client> {
  return mountClient(LoginPage, { ...options, answers: { ...signedOut, ...options.answers } })
}

async function logIn(client: Client, mobile = '13006789001', password = '123456'): Promise<void> {
  await client.type('textbox', '手机号', mobile)
  await client.type('textbox', '密码', password)
  await client.press('button', '登录')
}

it('logs in, opens the socket and shows the chats', async () => {
  const client = await showLogin({ path: '/login', answers: { 'POST /api/session': ME } })
  await logIn(client, '130 0678-9001')
  expect(client.http.sent.at(-1)).toEqual({
    what: 'POST /api/session',
    body: { mobile: '13006789001', password: '123456' },
  })
  expect(client.session.account).toEqual(ME)
  expect(client.socket.isOpen).toBe(true)
  expect(client.router.currentRoute.value.fullPath).toBe('/')
})

it('goes where the user wanted to', async () => {
  const answers = { 'POST /api/session': ME }
  const client = await showLogin({ path: '/login?to=/contacts/find', answers })
  await logIn(client)
  expect(client.router.currentRoute.value.fullPath).toBe('/contacts/find')
})

it.each([
  '//example.invalid/x',
  '/\\example.invalid',
  'https://example.invalid/',
  '/no/such',
  '/login',
])('goes to the first page instead of to %s', async (to) => {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', component: { render: () => null } },
      { path: '/:rest(.*)*', component: { render: () => null }, meta: { pane: 'whole' } },
    ],
  })
  const answers = { 'POST /api/session': ME }
  const path = `/login?to=${encodeURIComponent(to)}`
  const client = await showLogin({ path, answers, router })
  await logIn(client)
  expect(router.currentRoute.value.fullPath).toBe('/')
})

it('does not lead somebody else to what was open when a session ended', async () => {
  const other = { ...ME, id: uuid(999) }
  const client = await mountClient(LoginPage, {
    path: '/login?to=/chats/1',
    answers: { 'POST /api/session': other },
  })
  client.session.expire('expired')
  await client.settle()
  await logIn(client)
  expect(client.session.account).toEqual(other)
  expect(client.router.currentRoute.value.fullPath).toBe('/')
})

it('says at the fields what is wrong, and asks nobody', async () => {
  const client = await showLogin()
  await logIn(client, '1300', '')
  expect(client.text()).toContain('请输入 11 位手机号')
  expect(client.text()).toContain('请输入密码')
  expect(client.http.sent.map(({ what }) => what)).toEqual(['GET /api/session'])
})

it('says a wrong password at its field', async () => {
  const error = new AppError('auth/wrong-credentials')
  const client = await showLogin({ answers: { 'POST /api/session': error } })
  await logIn(client)
  expect(byRole('textbox', '密码').getAttribute('aria-invalid')).toBe('true')
  expect(client.text()).toContain('手机号或密码不正确')
})

it.each([
  ['connection/offline', '网络不可用'],
  ['request/server', '服务器出了问题'],
] as const)('says %s in words', async (code, words) => {
  const client = await showLogin({ answers: { 'POST /api/session': new AppError(code) } })
  await logIn(client)
  expect(client.text()).toContain(words)
})

it('takes two presses for one', async () => {
  const never = (): Promise<never> => new Promise(() => {})
  const client = await showLogin({ answers: { 'POST /api/session': never } })
  await logIn(client)
  await client.press('button', '登录')
  expect(client.http.sent.filter(({ what }) => what === 'POST /api/session')).toHaveLength(1)
})

it('shows and hides the password', async () => {
  const { press } = await showLogin()
  const field = byRole('textbox', '密码')
  await press('button', '显示密码')
  expect(field.getAttribute('type')).toBe('text')
  await press('button', '隐藏密码')
  expect(field.getAttribute('type')).toBe('password')
})

it('helps password managers', async () => {
  await showLogin()
  expect(byRole('textbox', '手机号').getAttribute('autocomplete')).toBe('username')
  expect(byRole('textbox', '密码').getAttribute('autocomplete')).toBe('current-password')
})

it('is complete in English', async () => {
  await showLogin({ locale: 'en' })
  expect(byRole('textbox', 'Mobile number')).toBeTruthy()
  expect(byRole('button', 'Log in')).toBeTruthy()
})

describe('too many attempts', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('count the seconds down, and then let one try again', async () => {
    const error = new AppError('request/rate-limited', { retryAfterMs: 2_500 })
    const client = await showLogin({ answers: { 'POST /api/session': error } })
    await logIn(client)
    expect(client.text()).toContain('请 3 秒后再试')
    await client.press('button', '登录')
    vi.advanceTimersByTime(1_000)
    await client.settle()
    expect(client.text()).toContain('请 2 秒后再试')
    vi.advanceTimersByTime(2_000)
    client.http.answer('POST /api/session', ME)
    await client.press('button', '登录')
    expect(client.session.account).toEqual(ME)
    expect(client.http.sent.filter(({ what }) => what === 'POST /api/session')).toHaveLength(2)
  })
})

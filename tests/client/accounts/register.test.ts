import { expect, it } from 'vitest'
import { AppError } from '#shared/errors.ts'
import RegisterPage from '#client/accounts/RegisterPage.vue'
import { mountClient, type Client } from '../../support/client/mountClient.ts'
import { ME } from '../../support/client/people.ts'
import { byRole } from '../../support/client/roles.ts'

const FORM = { nickname: '安然', mobile: '13006789001', password: 'tr0mbone lake' }

async function register(form: Partial<typeof FORM>, answer: unknown = ME): Promise<Client> {
  const client = await mountClient(RegisterPage, {
    answers: { 'GET /api/session': new AppError('auth/signed-out'), 'POST /api/accounts': answer },
    path: '/register',
  })
  const { nickname, mobile, password } = { ...FORM, ...form }
  await client.type('textbox', '昵称', nickname)
  await client.type('textbox', '手机号', mobile)
  await client.type('textbox', '密码', password)
  await client.press('button', '注册')
  return client
}

it('registers and is in', async () => {
  const { http, session, router } = await register({})
  expect(http.sent.at(-1)).toEqual({ what: 'POST /api/accounts', body: FORM })
  expect(session.account).toEqual(ME)
  expect(router.currentRoute.value.fullPath).toBe('/')
})

it.each([
  ['nickname', { nickname: '   ' }, '昵称须为 1 至 20 个可见字符'],
  ['mobile', { mobile: '23006789001' }, '请输入 11 位手机号'],
  ['password', { password: 'short' }, '密码须为 8 至 128 个字符'],
])('says at the field that the %s does not fit', async (_, form, words) => {
  const { http, text } = await register(form)
  expect(text()).toContain(words)
  expect(http.sent.map(({ what }) => what)).toEqual(['GET /api/session'])
})

it.each([
  ['auth/mobile-taken', '手机号', '该手机号已注册'],
  ['auth/password-too-common', '密码', '这个密码太常见'],
] as const)('says %s at its field', async (code, field, words) => {
  const { text } = await register({}, new AppError(code))
  expect(byRole('textbox', field).getAttribute('aria-invalid')).toBe('true')
  expect(text()).toContain(words)
})

import { expect, it } from 'vitest'
import { AppError } from '#shared/errors.ts'
import type { Relation } from '#shared/protocol/contacts.ts'
import FindPage from '#client/contacts/FindPage.vue'
import { mountClient, type Client } from '../../support/client/mountClient.ts'
import { contactRequest, uuid } from '../../support/client/people.ts'
import { byRole, hasRole } from '../../support/client/roles.ts'

const NUMBER = '13800138000'
const stranger = { id: uuid(8), nickname: '王小明' }
const answers = {
  'GET /api/contacts': { contacts: [] },
  'GET /api/contact-requests': { requests: [] },
}

async function find(relation: Relation): Promise<Client> {
  const found = { user: stranger, relation }
  const client = await mountClient(FindPage, {
    answers: { ...answers, [`GET /api/users?mobile=${NUMBER}`]: found },
  })
  await client.type('textbox', '对方的手机号', '138 0013-8000')
  await client.submit()
  return client
}

it('asks a stranger with a greeting', async () => {
  const { http, press, type, text } = await find('stranger')
  expect((byRole('textbox', '打个招呼') as HTMLInputElement).value).toBe('我是安然')
  await type('textbox', '打个招呼', ' 我是安然，我们见过 ')
  http.answer('POST /api/contact-requests', contactRequest({ direction: 'sent' }))
  await press('button', '发送请求')
  expect(http.sent.find(({ what }) => what === 'POST /api/contact-requests')?.body).toEqual({
    userId: stranger.id,
    greeting: '我是安然，我们见过',
  })
  expect(text()).toContain('已发送请求，等待对方接受')
  expect(hasRole('button', '发送请求')).toBe(false)
})

it.each([
  ['contact', '查看资料', `/contacts/${stranger.id}`],
  ['received', '去处理', '/contacts/new'],
] as const)('leads on when the user is "%s"', async (relation, name, href) => {
  await find(relation)
  expect(byRole('link', name).getAttribute('href')).toBe(href)
})

it.each([
  ['self', '这是你自己'],
  ['requested', '等待对方接受'],
] as const)('only says it when the user is "%s"', async (relation, words) => {
  const { text } = await find(relation)
  expect(text()).toContain(words)
  expect(hasRole('button', '发送请求')).toBe(false)
})

it.each([
  [new AppError('request/not-found'), '没有找到使用这个手机号的用户'],
  [new AppError('request/rate-limited', { retryAfterMs: 4_200 }), '请 5 秒后再试'],
  [new AppError('connection/offline'), '网络不可用'],
])('says why nobody is found: %s', async (error, words) => {
  const client = await mountClient(FindPage, {
    answers: { ...answers, [`GET /api/users?mobile=${NUMBER}`]: error },
  })
  await client.type('textbox', '对方的手机号', NUMBER)
  await client.submit()
  expect(client.text()).toContain(words)
})

it('does not ask the server about what is no number', async () => {
  const { http, type, submit, text } = await mountClient(FindPage, { answers })
  await type('textbox', '对方的手机号', '12345')
  await submit()
  expect(text()).toContain('请输入 11 位手机号')
  expect(http.sent.some(({ what }) => what.startsWith('GET /api/users'))).toBe(false)
})

import { expect, it } from 'vitest'
import { AppError } from '#shared/errors.ts'
import RequestsPage from '#client/contacts/RequestsPage.vue'
import { mountClient } from '../../support/client/mountClient.ts'
import { contactRequest, uuid } from '../../support/client/people.ts'
import { hasRole } from '../../support/client/roles.ts'

const answersWith = (...requests: ReturnType<typeof contactRequest>[]) => ({
  'GET /api/contacts': { contacts: [] },
  'GET /api/contact-requests': { requests },
})
const accept = `POST /api/contact-requests/${uuid(900)}/accept`

it.each([
  ['接受王小明的请求', 'accept'],
  ['忽略王小明的请求', 'ignore'],
])('answers by %s', async (name, word) => {
  const { http, press } = await mountClient(RequestsPage, {
    answers: answersWith(contactRequest()),
  })
  http.answer(`POST /api/contact-requests/${uuid(900)}/${word}`, contactRequest())
  await press('button', name)
  expect(http.sent.map(({ what }) => what)).toContain(
    `POST /api/contact-requests/${uuid(900)}/${word}`,
  )
})

it('shows the answer before the server has heard it', async () => {
  const { http, press, text } = await mountClient(RequestsPage, {
    answers: answersWith(contactRequest()),
  })
  http.answer(accept, () => new Promise(() => {}))
  await press('button', '接受王小明的请求')
  expect(text()).toContain('已添加')
  expect(hasRole('button', '接受王小明的请求')).toBe(false)
})

it('takes the answer back when the server can not be told', async () => {
  const { http, press } = await mountClient(RequestsPage, {
    answers: answersWith(contactRequest()),
  })
  http.answer(accept, new AppError('connection/offline'))
  await press('button', '接受王小明的请求')
  expect(hasRole('button', '接受王小明的请求')).toBe(true)
})

it.each([
  ['waiting', contactRequest({ direction: 'sent' }), '等待对方接受'],
  ['accepted', contactRequest({ status: 'accepted' }), '已添加'],
  ['ignored', contactRequest({ status: 'ignored' }), '已忽略'],
  ['expired', contactRequest({ createdAt: Date.UTC(2026, 0, 1) }), '已过期'],
])('says that a request is %s', async (_, request, words) => {
  const { text } = await mountClient(RequestsPage, { answers: answersWith(request) })
  expect(text()).toContain(words)
  expect(hasRole('button', '接受王小明的请求')).toBe(false)
})

it('shows a request that arrives', async () => {
  const { socket, text, settle } = await mountClient(RequestsPage, { answers: answersWith() })
  expect(text()).toContain('没有新的请求')
  socket.happen({ kind: 'request', request: contactRequest() })
  await settle()
  expect(hasRole('button', '接受王小明的请求')).toBe(true)
})

import { expect, it } from 'vitest'
import { AppError } from '#shared/errors.ts'
import ContactListPane from '#client/contacts/ContactListPane.vue'
import { mountClient } from '../../support/client/mountClient.ts'
import { contact, contactRequest, CONTACTS } from '../../support/client/people.ts'
import { allByRole, byRole, hasRole, nameOf } from '../../support/client/roles.ts'

const answers = {
  'GET /api/contacts': { contacts: CONTACTS },
  'GET /api/contact-requests': { requests: [contactRequest()] },
}
const links = (): string[] => allByRole('link').map(nameOf)

it('lists the contacts by section', async () => {
  await mountClient(ContactListPane, { answers })
  expect(links()).toEqual(['添加朋友', '新的朋友 1 个新请求', '白露', '陈晨', '007'])
  expect(allByRole('heading').map(nameOf)).toEqual(['通讯录', 'B', 'C', '#'])
})

it('finds by pinyin initials', async () => {
  const { type } = await mountClient(ContactListPane, { answers })
  await type('searchbox', '搜索姓名、拼音或手机号', 'cc')
  expect(links()).toEqual(['添加朋友', '陈晨'])
})

it('finds by a word that an input method is still composing', async () => {
  const { type } = await mountClient(ContactListPane, { answers })
  byRole('searchbox', '搜索姓名、拼音或手机号').dispatchEvent(
    new CompositionEvent('compositionstart'),
  )
  await type('searchbox', '搜索姓名、拼音或手机号', 'cc')
  expect(links()).toEqual(['添加朋友', '陈晨'])
})

it('says so when nobody is found, and shows all again on a press', async () => {
  const { type, press } = await mountClient(ContactListPane, { answers })
  await type('searchbox', '搜索姓名、拼音或手机号', 'nobody')
  expect(hasRole('heading', '没有找到“nobody”')).toBe(true)
  await press('button', '清除搜索')
  expect(hasRole('link', '白露')).toBe(true)
})

it('tells a user without contacts what to do', async () => {
  const { text } = await mountClient(ContactListPane, {
    answers: { ...answers, 'GET /api/contacts': { contacts: [] } },
  })
  expect(text()).toContain('用手机号添加第一位朋友')
})

it('offers another try when the server could not be reached', async () => {
  const { http, press, text } = await mountClient(ContactListPane, {
    answers: { ...answers, 'GET /api/contacts': new AppError('connection/offline') },
  })
  expect(text()).toContain('网络不可用')
  http.answer('GET /api/contacts', { contacts: CONTACTS })
  await press('button', '重试')
  expect(hasRole('link', '白露')).toBe(true)
})

it('shows who becomes a contact', async () => {
  const { socket, settle } = await mountClient(ContactListPane, { answers })
  socket.happen({ kind: 'contact', contact: contact(5, '方圆', 'fang yuan') })
  socket.happen({ kind: 'contact', contact: contact(5, '方圆', 'fang yuan') })
  await settle()
  expect(links()).toEqual(['添加朋友', '新的朋友 1 个新请求', '白露', '陈晨', '方圆', '007'])
})

it('[CH5] loads again when the feed does not go back far enough', async () => {
  const { http, socket, settle } = await mountClient(ContactListPane, { answers })
  http.answer('GET /api/contacts', { contacts: [] })
  socket.resetAt(0, 9)
  socket.become('online')
  await settle()
  expect(hasRole('link', '白露')).toBe(false)
})

it('[CH5] what happens while it loads is not lost', async () => {
  const { http, socket, settle } = await mountClient(ContactListPane, { answers })
  let answerLate = (_: unknown): void => {}
  http.answer('GET /api/contacts', () => new Promise((resolve) => (answerLate = resolve)))
  socket.resetAt(0, 0)
  socket.become('online')
  await settle()
  socket.happen({ kind: 'contact', contact: contact(5, '方圆', 'fang yuan') })
  answerLate({ contacts: [] })
  await settle()
  expect(hasRole('link', '方圆')).toBe(true)
})

it('forgets the contacts at log-out', async () => {
  const { http, session, settle } = await mountClient(ContactListPane, { answers })
  http.answer('DELETE /api/session', {})
  await session.logOut()
  await settle()
  expect(hasRole('link', '白露')).toBe(false)
})

it('walks the index bar by arrows, one stop of the Tab key', async () => {
  const { settle } = await mountClient(ContactListPane, { answers })
  const [b, c] = [byRole('button', 'B'), byRole('button', 'C')]
  expect([b.tabIndex, c.tabIndex]).toEqual([0, -1])
  b.focus()
  b.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }))
  await settle()
  expect([b.tabIndex, c.tabIndex]).toEqual([-1, 0])
  expect(document.activeElement).toBe(c)
})

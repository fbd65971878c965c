import { expect, it } from 'vitest'
import ContactPage from '#client/contacts/ContactPage.vue'
import { mountClient } from '../../support/client/mountClient.ts'
import { BAI_LU, CONTACTS, uuid } from '../../support/client/people.ts'
import { byRole, hasRole } from '../../support/client/roles.ts'

const answers = {
  'GET /api/contacts': { contacts: CONTACTS },
  'GET /api/contact-requests': { requests: [] },
}

it.each([
  ['语音通话', 'audio'],
  ['视频通话', 'video'],
] as const)('calls by %s', async (name, kind) => {
  const { dial, press } = await mountClient(ContactPage, { answers, props: { id: BAI_LU.id } })
  await press('button', name)
  expect(dial.mock.calls).toEqual([[BAI_LU, kind]])
})

it.each([
  ['Voice call', 'audio'],
  ['Video call', 'video'],
] as const)('calls by %s in English', async (name, kind) => {
  const options = { answers, props: { id: BAI_LU.id }, locale: 'en' } as const
  const { dial, press } = await mountClient(ContactPage, options)
  await press('button', name)
  expect(dial.mock.calls).toEqual([[BAI_LU, kind]])
})

it('leads to the conversation', async () => {
  await mountClient(ContactPage, { answers, props: { id: BAI_LU.id } })
  expect(byRole('link', '发消息').getAttribute('href')).toBe(`/chats/${uuid(102)}`)
})

it('says so when the address names no contact', async () => {
  const { text } = await mountClient(ContactPage, { answers, props: { id: uuid(77) } })
  expect(text()).toContain('不在你的通讯录中')
  expect(hasRole('button', '语音通话')).toBe(false)
})

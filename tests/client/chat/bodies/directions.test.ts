import { expect, it } from 'vitest'
import ConversationListPane from '#client/chat/list/ConversationListPane.vue'
import ConversationPage from '#client/chat/pages/ConversationPage.vue'
import { mountClient } from '../../../support/client/mountClient.ts'
import { BAI_LU, conversation, ME, message, uuid } from '../../../support/client/people.ts'
import { byRole } from '../../../support/client/roles.ts'

const ID = uuid(102)
const TURNED = { ...BAI_LU, nickname: 'לילך' }

/** A server where the other one is called so. */
function answersOf(nickname: string, messages = [message(1)]) {
  const peer = { ...BAI_LU, nickname }
  const lastMessage = messages.at(-1) ?? null
  const one = conversation({
    peer,
    lastMessage,
    lastSeq: messages.length,
    readSeq: messages.length,
  })
  return {
    'GET /api/contacts': { contacts: [] },
    'GET /api/contact-requests': { requests: [] },
    'GET /api/conversations': { conversations: [one] },
    [`GET /api/conversations/${ID}/messages`]: { messages, hasMore: false },
    [`POST /api/conversations/${ID}/read`]: {},
  }
}

const text = (value: string) => ({ body: { kind: 'text' as const, text: value } })

it('lays out what is written from the right from the right, and an address from the left', async () => {
  const messages = [message(1, text('שלום https://ahoy.example/a'))]
  await mountClient(ConversationPage, { answers: answersOf('白露', messages), props: { id: ID } })
  expect(document.querySelector('.text')?.getAttribute('dir')).toBe('auto')
  expect(byRole('link', 'https://ahoy.example/a').getAttribute('dir')).toBe('ltr')
  expect(byRole('textbox', '给白露发消息').getAttribute('dir')).toBe('auto')
})

it('[TX2] a name from before that turns the line, or shows nothing, is shown safely', async () => {
  const { unmount } = await mountClient(ConversationListPane, { answers: answersOf('\u202E露白') })
  expect(document.body.textContent).toContain('露白')
  expect(document.body.textContent).not.toContain('\u202E')
  unmount()
  await mountClient(ConversationListPane, { answers: answersOf('\u3164\u200B') })
  expect(document.querySelector('.title')?.textContent.trim()).toBe('?')
})

it('[TX2] a name in a quote turns nothing of what is quoted', async () => {
  const quote = { id: uuid(1), seq: 1, rev: 0, senderId: BAI_LU.id, ...text('\u202Eabc') }
  const messages = [message(1), message(2, { senderId: ME.id, quote })]
  const answers = answersOf(TURNED.nickname, messages)
  await mountClient(ConversationPage, { answers, props: { id: ID } })
  expect(document.querySelector('.quote')?.textContent.trim()).toBe(
    '\u2068לילך\u2069: \u2068abc\u2069',
  )
})

it('what was said last turns nothing in the list', async () => {
  const answers = answersOf('白露', [message(1, text('סוף\u202E!'))])
  await mountClient(ConversationListPane, { answers })
  expect(document.querySelector('.below')?.textContent.trim()).toBe('\u2068סוף!\u2069')
})

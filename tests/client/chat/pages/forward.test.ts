import { beforeEach, expect, it } from 'vitest'
import { AppError } from '#shared/errors.ts'
import ForwardPage from '#client/chat/pages/ForwardPage.vue'
import { useOutboxStore } from '#client/chat/index.ts'
import { useToastStore } from '#client/layout/index.ts'
import { mountClient, type Client } from '../../../support/client/mountClient.ts'
import { CONTACTS, conversation, message, uuid } from '../../../support/client/people.ts'
import { byRole, hasRole } from '../../../support/client/roles.ts'

const ID = uuid(102)
/** How the second message is asked for. */
const SECOND = `GET /api/conversations/${ID}/messages?before=3`
const answers = {
  'GET /api/contacts': { contacts: CONTACTS },
  'GET /api/contact-requests': { requests: [] },
  'GET /api/conversations': {
    conversations: [conversation({ lastMessage: message(2), lastSeq: 2, readSeq: 2 })],
  },
  [`GET /api/conversations/${ID}/messages?before=2`]: { messages: [message(1)], hasMore: false },
  [SECOND]: {
    messages: [message(1), message(2)],
    hasMore: false,
  },
}
const GO = '转发（1/9）'
const written = (): string[] => useOutboxStore().items.map(({ text }) => text)

beforeEach(() => {
  history.replaceState({ conversationId: ID, seqs: [1, 2] }, '')
})

async function choose(): Promise<Client> {
  const client = await mountClient(ForwardPage, { answers })
  client.socket.become('connecting')
  await client.press('checkbox', '陈晨')
  return client
}

it('forwards once, however quickly it is pressed again', async () => {
  const { settle } = await choose()
  byRole('button', GO).click()
  byRole('button', GO).click()
  await settle()
  expect(written()).toEqual(['第1条', '第2条'])
})

it('offers nobody for a search in which there is nothing to compare', async () => {
  const { type, text } = await mountClient(ForwardPage, { answers })
  await type('searchbox', '搜索', '\u200B')
  expect(hasRole('checkbox', '白露')).toBe(false)
  expect(text()).toContain('没有可以转发的会话')
})

it('[CH8] forwards nothing that was taken back meanwhile, and says so', async () => {
  const { socket, settle, press } = await choose()
  const body = { kind: 'recalled', byId: uuid(2) } as const
  socket.happen({ kind: 'changed', message: message(1, { rev: 1, body }) })
  await settle()
  await press('button', GO)
  expect(written()).toEqual(['第2条'])
  expect(useToastStore().text).toBe('已转发；1 条已撤回，没有转发')
})

it('[CH8] has nothing to forward when all was taken back', async () => {
  const { socket, settle, text } = await choose()
  const body = { kind: 'recalled', byId: uuid(2) } as const
  for (const seq of [1, 2]) {
    socket.happen({ kind: 'changed', message: message(seq, { rev: 1, body }) })
  }
  await settle()
  expect(hasRole('button', GO)).toBe(false)
  expect(text()).toContain('没有要转发的消息')
})

it('can not be pressed before all that was chosen is found', async () => {
  const late = Promise.withResolvers<unknown>()
  const client = await mountClient(ForwardPage, {
    answers: { ...answers, [SECOND]: () => late.promise },
  })
  await client.press('checkbox', '陈晨')
  expect(hasRole('button', GO)).toBe(false)
  late.resolve(answers[SECOND])
  await client.settle()
  await client.press('button', GO)
  expect(written()).toEqual(['第1条', '第2条'])
  expect(useToastStore().text).toBe('已转发')
})

it('says why what was chosen can not be had, and looks again', async () => {
  const client = await mountClient(ForwardPage, {
    answers: { ...answers, [SECOND]: new AppError('connection/offline') },
  })
  expect(hasRole('checkbox', '陈晨')).toBe(false)
  expect(client.text()).toContain('网络不可用')
  client.http.answer(SECOND, answers[SECOND])
  await client.press('button', '重试')
  await client.press('checkbox', '陈晨')
  await client.press('button', GO)
  expect(written()).toEqual(['第1条', '第2条'])
})

it('has nothing to forward of a conversation that is not for who looks', async () => {
  history.replaceState({ conversationId: ID, seqs: [2] }, '')
  const { text } = await mountClient(ForwardPage, {
    answers: { ...answers, [SECOND]: new AppError('request/not-found') },
  })
  expect(text()).toContain('没有要转发的消息')
})

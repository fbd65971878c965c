import { expect, it } from 'vitest'
import { AppError } from '#shared/errors.ts'
import type { MessageView, Quote } from '#shared/protocol/chat.ts'
import { useOutboxStore } from '#client/chat/index.ts'
import ConversationPage from '#client/chat/pages/ConversationPage.vue'
import { createFakeDatabases } from '../../../support/client/fakeDatabases.ts'
import { mountClient, type MountOptions } from '../../../support/client/mountClient.ts'
import {
  BAI_LU,
  CONTACTS,
  conversation,
  ME,
  message,
  uuid,
} from '../../../support/client/people.ts'

const ID = uuid(102)
const PAGE = `GET /api/conversations/${ID}/messages`
const quoteOf = ({ id, seq, senderId, body, rev }: MessageView): Quote => ({
  id,
  seq,
  senderId,
  body,
  rev,
})
/** The third message answers the first one. */
const answer = message(3, { quote: quoteOf(message(1)), body: { kind: 'text', text: '好' } })
const edited = (text: string, rev: number): MessageView =>
  message(1, { rev, body: { kind: 'text', text }, editedAt: 1 })
const recalled = message(1, { rev: 2, body: { kind: 'recalled', byId: BAI_LU.id } })

const answers = {
  'GET /api/contacts': { contacts: CONTACTS },
  'GET /api/contact-requests': { requests: [] },
  'GET /api/conversations': {
    conversations: [conversation({ lastMessage: answer, lastSeq: 3, readSeq: 3 })],
  },
  [PAGE]: { messages: [message(2), answer], hasMore: true },
  [`POST /api/conversations/${ID}/read`]: {},
}
const open = (options: MountOptions = {}) =>
  mountClient(ConversationPage, { answers, props: { id: ID }, ...options })

const quotes = (): (string | undefined)[] =>
  [...document.querySelectorAll('.quote')].map((one) =>
    one.textContent.trim().replaceAll(/[\u2068\u2069]/g, ''),
  )

/** A browser that has read a page of it. */
async function openKeeping() {
  const databases = createFakeDatabases()
  const client = await open({ databases })
  await (await databases.open(ME.id)).writeMessages([message(2), answer])
  return { databases, client }
}

/** The page of a browser that keeps something, opened once more without a server. */
const openOffline = (databases: NonNullable<MountOptions['databases']>) => {
  const offline = new AppError('connection/offline')
  const gone = Object.fromEntries(Object.keys(answers).map((what) => [what, offline]))
  return open({ databases, answers: gone })
}

it('[CH8] a quote follows its message, also where that is not shown', async () => {
  const { socket, settle } = await open()
  expect(quotes()).toEqual(['白露: 第1条'])
  socket.happen({ kind: 'changed', message: edited('改过的', 1) })
  await settle()
  expect(quotes()).toEqual(['白露: 改过的'])
  socket.happen({ kind: 'changed', message: recalled })
  await settle()
  expect(quotes()).toEqual(['白露: “白露”撤回了一条消息'])
})

it('[CH8] what is quoted later than we have heard of it stays as it came', async () => {
  const later = { ...answer, quote: quoteOf(edited('第二次', 2)) }
  const { socket, settle } = await open({
    answers: { ...answers, [PAGE]: { messages: [message(2), later], hasMore: true } },
  })
  socket.happen({ kind: 'changed', message: edited('第一次', 1) })
  await settle()
  expect(quotes()).toEqual(['白露: 第二次'])
})

it('[CH8] who can’t read the message itself is told of its quote', async () => {
  const { socket, settle } = await open()
  socket.happen({ kind: 'quoted', conversationId: ID, quote: quoteOf(recalled) })
  await settle()
  expect(quotes()).toEqual(['白露: “白露”撤回了一条消息'])
})

it.each([
  ['the message', { kind: 'changed', message: recalled }],
  ['its quote alone', { kind: 'quoted', conversationId: ID, quote: quoteOf(recalled) }],
] as const)(
  '[CH8] without a server, pages read before quote as was told last: %s',
  async (_, entry) => {
    const { databases, client } = await openKeeping()
    client.socket.happen(entry)
    await client.settle()
    client.unmount()
    await openOffline(databases)
    await expect.poll(quotes).toEqual(['白露: “白露”撤回了一条消息'])
  },
)

it('[CH8] an answer that waits to be sent quotes the message as it is now, also after a reload', async () => {
  const { databases, client: first } = await openKeeping()
  first.socket.become('connecting')
  useOutboxStore().send(ID, { text: '等会儿', quote: quoteOf(message(1)) })
  await first.settle()
  expect(quotes()).toEqual(['白露: 第1条', '白露: 第1条'])
  first.socket.happen({ kind: 'changed', message: recalled })
  await first.settle()
  const now = '白露: “白露”撤回了一条消息'
  expect(quotes()).toEqual([now, now])
  first.unmount()
  await openOffline(databases)
  await expect.poll(quotes).toEqual([now, now])
})

import { expect, it } from 'vitest'
import { AppError } from '#shared/errors.ts'
import ConversationPage from '#client/chat/pages/ConversationPage.vue'
import { useDraftsStore } from '#client/chat/drafts/draftsStore.ts'
import { useOutboxStore } from '#client/chat/index.ts'
import { useToastStore } from '#client/layout/index.ts'
import { createFakeDatabases } from '../../../support/client/fakeDatabases.ts'
import { mountClient, type Client, type MountOptions } from '../../../support/client/mountClient.ts'
import { ME, message, uuid } from '../../../support/client/people.ts'
import { byRole, hasRole } from '../../../support/client/roles.ts'
import { answersWith } from '../conversationAnswers.ts'

const ID = uuid(102)
const FIELD = '给白露发消息'
const mine = message(2, { senderId: ME.id, body: { kind: 'text', text: '六点见' } })
const answers = answersWith([message(1), mine])
const open = (options: MountOptions = {}): Promise<Client> =>
  mountClient(ConversationPage, { answers, props: { id: ID }, ...options })
const texts = (): string[] => [...document.querySelectorAll('.text')].map((one) => one.textContent)
const field = (): HTMLTextAreaElement => byRole('textbox', FIELD) as HTMLTextAreaElement
const isSending = (): boolean => document.querySelector('[aria-label=发送中]') !== null

/** Change the text of the message that is mine. */
async function edit({ type, press, settle }: Client, text: string): Promise<void> {
  useDraftsStore().turnTo(ID, { kind: 'edit', id: mine.id, text: '六点见' })
  await settle()
  await type('textbox', FIELD, text)
  await press('button', '发送')
}

function serve({ socket }: Client): void {
  socket.answer('chat.edit', ({ id, text }) => ({
    message: message(2, { id, rev: 1, senderId: ME.id, editedAt: 1, body: { kind: 'text', text } }),
  }))
}

it('[CH7] an edit without a connection is on screen, survives a reload, and goes out by itself', async () => {
  const databases = createFakeDatabases()
  const before = await open({ databases })
  before.socket.become('connecting')
  await edit(before, '七点见')
  expect(texts()).toEqual(['第1条', '七点见'])
  expect(isSending()).toBe(true)
  expect(field().value).toBe('')
  before.unmount()

  const after = await open({ databases })
  after.socket.become('connecting')
  await after.settle()
  expect(texts()).toEqual(['第1条', '七点见'])
  serve(after)
  after.socket.become('online')
  await after.settle()
  await after.settle()
  expect(after.socket.sent.findLast(({ type }) => type === 'chat.edit')).toMatchObject({
    body: { id: mine.id, conversationId: ID, text: '七点见' },
  })
  expect(texts()).toEqual(['第1条', '七点见'])
  expect(isSending()).toBe(false)
  expect(useOutboxStore().items).toEqual([])
})

it('[CH7] messages and edits go out in the order of writing, each edit to its message', async () => {
  const client = await open()
  client.socket.become('connecting')
  await edit(client, '七点见')
  useOutboxStore().send(ID, { text: '带伞' })
  await edit(client, '八点见')
  expect(texts()).toEqual(['第1条', '八点见', '带伞'])
  serve(client)
  client.socket.answer('chat.send', ({ id, text }) => ({
    message: message(3, { id, senderId: ME.id, body: { kind: 'text', text } }),
  }))
  client.socket.become('online')
  await client.settle()
  await client.settle()
  const said = client.socket.sent
    .filter(({ type }) => type === 'chat.edit' || type === 'chat.send')
    .map(({ body }) => (body as { text: string }).text)
  expect(said).toEqual(['七点见', '带伞', '八点见'])
})

it.each([
  ['request/conflict', '消息已被撤回'],
  ['request/too-late', '已超过时限'],
  ['request/server', '服务器出了问题'],
] as const)('[CH7] an edit that is refused (%s) gives the text back', async (code, why) => {
  const client = await open()
  client.socket.answer('chat.edit', () => {
    throw new AppError(code)
  })
  useDraftsStore().write(ID, '已有的')
  await edit(client, '七点见')
  expect(field().value).toBe('已有的\n七点见')
  expect(texts()).toEqual(['第1条', '六点见'])
  expect(useOutboxStore().items).toEqual([])
  expect(useToastStore().text).toContain(why)
})

it('[CH8] a message that was taken back shows nothing of an edit that waits', async () => {
  const client = await open()
  client.socket.become('connecting')
  await edit(client, '七点见')
  client.socket.become('online')
  const recalled = { kind: 'recalled', byId: ME.id } as const
  client.socket.happen({
    kind: 'changed',
    message: message(2, { senderId: ME.id, rev: 1, body: recalled }),
  })
  await client.settle()
  expect(texts()).toEqual(['第1条'])
})

it('[CH8] a waiting reply shows no more what was taken back', async () => {
  const { socket, settle, text } = await open()
  socket.become('connecting')
  const { id, seq, senderId, body } = message(1)
  const quote = { id, seq, senderId, body, rev: 0 }
  useOutboxStore().send(ID, { text: '好的', quote })
  await settle()
  expect(hasRole('button', '白露: 第1条')).toBe(true)
  const recalled = { kind: 'recalled', byId: senderId } as const
  socket.happen({ kind: 'changed', message: message(1, { rev: 1, body: recalled }) })
  await settle()
  expect(hasRole('button', '白露: 第1条')).toBe(false)
  expect(text()).toContain('“白露”撤回了一条消息')
})

import { expect, it } from 'vitest'
import ConversationPage from '#client/chat/pages/ConversationPage.vue'
import { useOutboxStore } from '#client/chat/index.ts'
import type { AccountDatabase } from '#client/platform/database/AccountDatabase.ts'
import { createFakeDatabases } from '../../../support/client/fakeDatabases.ts'
import { mountClient, type Client, type MountOptions } from '../../../support/client/mountClient.ts'
import { ME, message, uuid } from '../../../support/client/people.ts'
import { answersWith } from '../conversationAnswers.ts'

const ID = uuid(102)
const HOUR_MS = 60 * 60 * 1000
const answers = answersWith([message(1)])

const open = (options: MountOptions = {}): Promise<Client> =>
  mountClient(ConversationPage, { answers, props: { id: ID }, ...options })
const texts = (): string[] => [...document.querySelectorAll('.text')].map((one) => one.textContent)

/** A server that notes what it is sent, in the order in which it comes. */
function serve({ socket }: Client): string[] {
  const said: string[] = []
  socket.answer('chat.send', ({ id, text }) => {
    said.push(text)
    return {
      message: message(said.length + 1, { id, senderId: ME.id, body: { kind: 'text', text } }),
    }
  })
  return said
}

it('[CH7] shows and sends in the order of writing, though the clock was set back', async () => {
  const client = await open()
  const { socket, settle } = client
  socket.become('connecting')
  const outbox = useOutboxStore()
  outbox.send(ID, { text: '一' })
  socket.now -= 3 * HOUR_MS
  outbox.send(ID, { text: '二' })
  socket.now -= 24 * HOUR_MS
  outbox.send(ID, { text: '三' })
  await settle()
  expect(texts()).toEqual(['第1条', '一', '二', '三'])
  const said = serve(client)
  socket.become('online')
  await settle()
  await settle()
  expect(said).toEqual(['一', '二', '三'])
})

it('[CH7] keeps the order over a reload, though the clock was set back', async () => {
  const databases = createFakeDatabases()
  const before = await open({ databases })
  before.socket.become('connecting')
  const outbox = useOutboxStore()
  for (const text of ['一', '二']) outbox.send(ID, { text })
  await before.settle()
  before.unmount()

  const after = await open({ databases })
  const said = serve(after)
  after.socket.become('connecting')
  after.socket.now -= 3 * HOUR_MS
  useOutboxStore().send(ID, { text: '三' })
  await after.settle()
  expect(texts()).toEqual(['第1条', '一', '二', '三'])
  after.socket.become('online')
  await after.settle()
  await after.settle()
  expect(said).toEqual(['一', '二', '三'])
})

it('[CH7] what is written before the outbox was read goes behind what is in it', async () => {
  const databases = createFakeDatabases()
  const database = await databases.open(ME.id)
  for (const [order, text] of ['一', '二'].entries()) {
    const kept = { id: uuid(2000 + order), conversationId: ID, text, failure: null }
    await database.putRecord('outbox', { ...kept, createdAt: 1, order: order + 1 })
  }
  let open_ = (): void => {}
  const opened = new Promise<void>((resolve) => (open_ = resolve))
  const slow: AccountDatabase = {
    ...database,
    readRecords: async (kind) => {
      await opened
      return database.readRecords(kind)
    },
  }
  const client = await open({ databases: { ...databases, open: () => Promise.resolve(slow) } })
  const said = serve(client)
  useOutboxStore().send(ID, { text: '三' })
  await client.settle()
  expect(said).toEqual([])
  open_()
  await client.settle()
  await client.settle()
  expect(said).toEqual(['一', '二', '三'])
})

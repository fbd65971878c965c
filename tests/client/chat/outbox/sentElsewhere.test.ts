import { expect, it } from 'vitest'
import { useOutboxStore } from '#client/chat/index.ts'
import ConversationPage from '#client/chat/pages/ConversationPage.vue'
import { createFakeDatabases } from '../../../support/client/fakeDatabases.ts'
import { mountClient } from '../../../support/client/mountClient.ts'
import { BAI_LU, ME, message, uuid } from '../../../support/client/people.ts'
import { answersWith } from '../conversationAnswers.ts'

const ID = uuid(102)
const answers = answersWith([message(1)])
const texts = (): string[] => [...document.querySelectorAll('.text')].map((one) => one.textContent)
const sending = (): number => document.querySelectorAll('[aria-label=发送中]').length

/** A tab beside another one, which sends for both and tells. */
async function openBeside() {
  const told = new Map<string, () => void>()
  const databases = createFakeDatabases()
  const tabs = {
    tell: () => undefined,
    onTold: (name: string, handler: () => void) => {
      told.set(name, handler)
      return () => undefined
    },
    hold: () => () => undefined,
  }
  const client = await mountClient(ConversationPage, {
    answers,
    props: { id: ID },
    databases,
    tabs,
  })
  return { ...client, database: await databases.open(ME.id), tell: () => told.get('outbox')?.() }
}

it('[CH7] what another tab has sent stays on screen until the server tells this one', async () => {
  const { database, socket, tell, settle } = await openBeside()
  socket.become('connecting')
  const outbox = useOutboxStore()
  outbox.send(ID, { text: '晚上见' })
  await settle()
  const id = outbox.items[0]?.id ?? ''
  await database.removeRecord('outbox', id)
  tell()
  await settle()
  expect(texts()).toEqual(['第1条', '晚上见'])
  expect(sending()).toBe(1)

  socket.become('online')
  const sent = message(2, { id, senderId: ME.id, body: { kind: 'text', text: '晚上见' } })
  socket.happen({ kind: 'message', message: sent, peer: BAI_LU })
  await settle()
  expect(texts()).toEqual(['第1条', '晚上见'])
  expect(sending()).toBe(0)
  expect(outbox.items).toEqual([])
})

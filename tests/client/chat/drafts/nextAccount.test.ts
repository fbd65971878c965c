import { expect, it } from 'vitest'
import { useHistoriesStore } from '#client/chat/history/historiesStore.ts'
import { useRecalledStore } from '#client/chat/bodies/recalledStore.ts'
import { createLateDatabases } from '../../../support/client/fakeDatabases.ts'
import { mountClient, type MountOptions } from '../../../support/client/mountClient.ts'
import { conversation, ME, message, uuid } from '../../../support/client/people.ts'

const ID = uuid(102)
const NEXT = { id: uuid(999), mobile: '13006789002', nickname: '白露' }
const answers = {
  'POST /api/session': NEXT,
  'DELETE /api/session': {},
  'GET /api/conversations': { conversations: [conversation({ lastSeq: 1 })] },
  [`GET /api/conversations/${ID}/messages`]: { messages: [message(1)], hasMore: false },
}

const Rooms = { setup: () => (useHistoriesStore(), () => null) }

/** Somebody is here; then they log out, and somebody else logs in on the same page. */
async function open(options: MountOptions = {}) {
  const client = await mountClient(Rooms, { answers, ...options })
  const logInNext = async (): Promise<void> => {
    await client.session.logOut()
    await client.session.logIn({ mobile: NEXT.mobile, password: '123456' })
    await client.settle()
  }
  return { ...client, logInNext }
}

it('a message that somebody has deleted for themselves is there for the next one', async () => {
  const { socket, logInNext } = await open()
  const deleted = message(1, { body: { kind: 'deleted' }, rev: 5 })
  socket.happen({ kind: 'changed', message: deleted })
  await logInNext()
  const histories = useHistoriesStore()
  await histories.loadNewest(ID)
  expect(histories.histories.get(ID)?.messages.map(({ body }) => body.kind)).toEqual(['text'])
})

it('what the browser gives late for somebody is not for the next one', async () => {
  const late = Promise.withResolvers<readonly unknown[]>()
  const databases = createLateDatabases({ of: ME.id, kind: 'recalled', records: late.promise })
  const { logInNext, settle } = await open({ databases })
  const recalled = useRecalledStore()
  await logInNext()
  late.resolve([{ id: 'a', text: 'only for who wrote it' }])
  await settle()
  expect([...recalled.texts.values()]).toEqual([])
})

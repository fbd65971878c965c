import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import type { ConversationView, MessageView } from '#shared/protocol/chat.ts'
import { contactsOf } from '../../support/server/friends.ts'
import { createTempDir, createTestApp } from '../../support/server/testApp.ts'

/** What a server of the first issue has left behind, in a directory of its own. */
async function leftBehind(): Promise<string> {
  const directory = await createTempDir()
  const file = new URL('../../support/server/firstIssue.sql', import.meta.url)
  const db = new DatabaseSync(join(directory, 'ahoy.sqlite'), {
    // A dump names tables before they are there.
    enableForeignKeyConstraints: false,
  })
  db.exec(await readFile(file, 'utf8'))
  db.close()
  return directory
}

it('opens a database of the first issue, in which everything is as it was', async () => {
  const app = await createTestApp({ dataDir: await leftBehind() })
  // The password of then still opens.
  const tab = await app.demo(1)
  const [bailu, chenchen] = await contactsOf(tab)
  expect([bailu, chenchen]).toMatchObject([
    { nickname: '白露', isBlocked: false },
    { nickname: '陈晨', isBlocked: false },
  ])
  const { conversations } = (await tab.get('/api/conversations')).body as {
    conversations: ConversationView[]
  }
  const talk = conversations.find(({ id }) => id === bailu?.conversationId)
  expect(talk).toMatchObject({ lastSeq: 7, group: null, mentionedSeqs: [] })
  const page = await tab.get(`/api/conversations/${String(talk?.id)}/messages`)
  const { messages } = page.body as { messages: MessageView[] }
  expect(messages.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7])
  expect(messages.map(({ body }) => body)).toMatchObject([
    { kind: 'text', text: '周六去爬山吗？' },
    { kind: 'text', text: '好，八点东门见' },
    { kind: 'text', text: 'OK, see you at 8 😀' },
    { kind: 'call', outcome: 'completed', durationMs: 1_102 },
    { kind: 'call', outcome: 'rejected' },
    { kind: 'text', text: '在开车，半小时后回你' },
    { kind: 'call', outcome: 'cancelled' },
  ])
  // What came later works with what was there before.
  const found = (await tab.get('/api/messages/search?text=东门')).body as {
    messages: MessageView[]
  }
  expect(found.messages.map(({ seq }) => seq)).toEqual([2])
})

import { uuidv7 } from 'uuidv7'
import * as v from 'valibot'
import { ConversationList, MessagePage } from '#shared/protocol/chat.ts'
import { openRawSocket } from '../socket/rawSocket.ts'
import type { Browser } from './browser.ts'
import { accountOf, newcomer, recordPushes } from './friends.ts'
import { listen } from './listen.ts'
import { createTestApp } from './testApp.ts'

async function come(origin: string, tab: Browser) {
  const { id } = await accountOf(tab)
  const socket = await openRawSocket({ origin, cookie: tab.cookie })
  await socket.hello()
  const conversation = async () =>
    v.parse(ConversationList, (await tab.get('/api/conversations')).body).conversations[0]
  const texts = async (of: string) => {
    const { body } = await tab.get(`/api/conversations/${of}/messages`)
    return v.parse(MessagePage, body).messages.map((message) => {
      const said = message.body
      return said.kind === 'text' ? said.text : said.kind === 'tip' ? said.tip : said.kind
    })
  }
  return { tab, id, socket, conversation, texts }
}

/** Four contacts and a stranger; the first one has a group with the next two. */
export async function createGroup() {
  const test = await createTestApp()
  const origin = await listen(test)
  const people = [1, 2, 3, 4].map(async (n) => come(origin, await test.demo(n)))
  const [ann, bob, eve, dan] = await Promise.all(people)
  const stranger = await come(origin, await newcomer(test))
  if (!ann || !bob || !eve || !dan) throw new Error('four have come')
  const pushes = recordPushes(test.app)
  const id = uuidv7()
  const wanted = { id, name: '', userIds: [bob.id, eve.id] }
  const created = await ann.socket.ask('group.create', wanted)
  const say = (who: typeof ann, text: string) =>
    who.socket.ask('chat.send', { id: uuidv7(), conversationId: id, text })
  const entriesOf = (userId: string) =>
    pushes.flatMap((one) =>
      one.userId === userId && one.push.type === 'feed.item' ? one.push.body.entry.kind : [],
    )
  return { test, ann, bob, eve, dan, stranger, id, wanted, created, say, pushes, entriesOf }
}

/** What an answer looks like that says no. */
export const refused = (code: string) => ({ ok: false, error: { code } })

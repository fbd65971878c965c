import { uuidv7 } from 'uuidv7'
import { expect, it } from 'vitest'
import { accountOf, conversationWith } from '../../../support/server/friends.ts'
import { refusals, upTo } from '../../../support/server/crowd.ts'
import { listen } from '../../../support/server/listen.ts'
import { createTempDir, createTestApp, type TestApp } from '../../../support/server/testApp.ts'
import { openRawSocket } from '../../../support/socket/rawSocket.ts'

async function come(test: TestApp, n: number) {
  const origin = await listen(test)
  const tab = await test.demo(n)
  const socket = await openRawSocket({ origin, cookie: tab.cookie })
  await socket.hello()
  return { tab, socket, id: (await accountOf(tab)).id }
}

it('two servers on one database number what is said on both, and what is pushed on neither is in the feed', async () => {
  const dataDir = await createTempDir()
  const env = { MESSAGES_PER_10_SECONDS: '1000' }
  const [one, other] = [
    await createTestApp({ dataDir, env }),
    await createTestApp({ dataDir, env }),
  ]
  const [ann, bob] = [await come(one, 1), await come(other, 2)]
  const conversationId = await conversationWith(ann.tab, bob.id)
  const say = ({ socket }: typeof ann) =>
    socket.ask('chat.send', { id: uuidv7(), conversationId, text: '你好' })
  const answers = await Promise.all(upTo(15).flatMap(() => [say(ann), say(bob)]))
  expect(refusals(answers)).toEqual([])
  const seqs = one.rows('SELECT seq FROM messages ORDER BY seq').map(({ seq }) => seq)
  expect(seqs).toEqual(upTo(30))
  const feed = await ann.socket.ask('feed.get', { after: 0 })
  expect(feed.body?.['items']).toHaveLength(30)
})

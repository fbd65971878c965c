import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { expect, it } from 'vitest'
import { forgetText, reindexText, TERMS_TOGETHER } from '#server/chat/search/indexRepository.ts'
import { createIndexer } from '#server/chat/search/indexer.ts'
import { termsOf } from '#server/chat/search/terms.ts'
import { createLog } from '#server/platform/log/log.ts'
import { openDatabase } from '#server/platform/database/database.ts'
import { createTurns } from '#server/platform/turns.ts'
import { createCountedDatabase } from '../../support/server/countedDatabase.ts'
import { upTo } from '../../support/server/crowd.ts'
import { createGroup } from '../../support/server/group.ts'
import { createTempDir, createTestApp, type TestApp } from '../../support/server/testApp.ts'
import { createTestClock } from '../../support/server/testClock.ts'

const SECOND_MS = 1_000

const textOf = (body: unknown): string | undefined =>
  (JSON.parse(String(body)) as { text?: string }).text

/** Under what each message is found that says something, and under what it is to be found. */
function termsIn({ rows }: TestApp, id: string) {
  const found = rows(`SELECT term, seq FROM message_terms WHERE conversation_id = '${id}'`)
  const messages = rows(`SELECT seq, body FROM messages WHERE conversation_id = '${id}'`)
  const wanted = messages.flatMap(({ seq, body }) =>
    termsOf(textOf(body) ?? '').map((term) => `${seq} ${term}`),
  )
  return {
    found: found.map(({ term, seq }) => `${seq} ${term}`).toSorted(),
    wanted: wanted.toSorted(),
  }
}

/** How many messages are not in the index. */
const leftIn = ({ rows }: TestApp): number =>
  Number(rows('SELECT sum(last_seq - indexed_seq) AS count FROM conversations')[0]?.['count'])

const search = (tab: { get: (path: string) => Promise<{ body: unknown }> }, text: string) =>
  tab.get(`/api/messages/search?${new URLSearchParams({ text }).toString()}`)

it('what is said goes into the index a second later, all together', async () => {
  const { test, ann, bob, id, say } = await createGroup()
  for (const n of upTo(5)) await say(ann, `周六 ${n}`)
  await say(bob, '好')
  expect(termsIn(test, id).found).toEqual([])
  test.clock.advance(SECOND_MS)
  await expect.poll(() => leftIn(test)).toBe(0)
  const { found, wanted } = termsIn(test, id)
  expect(found).toEqual(wanted)
  expect(found.length).toBeGreaterThan(10)
})

it('much that was said goes into it bit by bit', async () => {
  const { test, ann, id, say } = await createGroup()
  const long = (n: number): string =>
    upTo(300)
      .map((at) => `${n}x${at}`)
      .join(' ')
  for (const n of upTo(8)) await say(ann, long(n))
  test.clock.advance(SECOND_MS)
  await expect.poll(() => leftIn(test)).toBe(0)
  const { found, wanted } = termsIn(test, id)
  expect(found).toEqual(wanted)
})

it('[CH8] changed, taken back and searched for while it goes in, it is found by what it says', async () => {
  const { test, ann, bob, id, say } = await createGroup()
  const ids = upTo(12).map(() => uuidv7())
  await Promise.all(
    ids.map((one, n) =>
      ann.socket.ask('chat.send', { id: one, conversationId: id, text: `旧的 ${n}` }),
    ),
  )
  const ref = (n: number) => ({ conversationId: id, id: ids[n] ?? '' })
  test.clock.advance(SECOND_MS)
  await Promise.all([
    ...upTo(4).map((n) => ann.socket.ask('chat.edit', { ...ref(n), text: `新的 ${n}` })),
    ...upTo(4).map((n) => ann.socket.ask('chat.recall', ref(n + 6))),
    search(bob.tab, '旧的'),
    search(ann.tab, '新的'),
    ...upTo(4).map((n) => say(bob, `又一个 ${n}`)),
  ])
  test.clock.advance(SECOND_MS)
  await expect.poll(() => leftIn(test)).toBe(0)
  const { found, wanted } = termsIn(test, id)
  expect(found).toEqual(wanted)
  expect(test.deadlocks()).toBe(0)
})

it('what a server has left out of it when it ended, the next one puts in', async () => {
  const dataDir = await createTempDir()
  const first = await createTestApp({ dataDir })
  const tab = await first.demo(1)
  const { body } = await tab.get('/api/contacts')
  const [contact] = (body as { contacts: { id: string; conversationId: string }[] }).contacts
  const { id: senderId } = (await tab.get('/api/session')).body as { id: string }
  await first.app.chat.appendMessage({
    between: [senderId, contact?.id ?? ''],
    senderId,
    body: { kind: 'text', text: '周六东门' },
    createdAt: first.clock.now(),
  })
  expect(leftIn(first)).toBe(1)
  await first.app.close()

  const next = await createTestApp({ dataDir })
  next.clock.advance(SECOND_MS)
  await expect.poll(() => leftIn(next)).toBe(0)
  expect(termsIn(next, contact?.conversationId ?? '').found).toHaveLength(4)
})

it('[F10] what could not be written goes in half a minute later', async () => {
  const dataDir = await createTempDir()
  const broken = await openDatabase(dataDir)
  const clock = createTestClock()
  const lines: string[] = []
  const log = createLog('warn', (line) => lines.push(line))
  const indexer = createIndexer({ db: broken, clock, log, takeTurn: createTurns() })
  await broken.destroy()
  clock.advance(SECOND_MS)
  await expect.poll(() => lines.length).toBe(1)
  expect(lines.join()).toContain('indexing messages failed')
  await expect.poll(() => clock.pending).toBe(1)
  clock.advance(30 * SECOND_MS)
  await expect.poll(() => lines.length).toBe(2)
  await indexer.stop()
})

it('no statement writes more terms than a few, however long the text', async () => {
  const { db, statements } = await createCountedDatabase()
  const text = upTo(5_000)
    .map((at) => String.fromCodePoint(0x4e00 + at))
    .join('')
  const place = { conversationId: uuidv7(), seq: 1 }
  await sql`INSERT INTO conversations (id, kind, pair_key, last_seq, created_at)
    VALUES (${place.conversationId}, 'group', '', 1, 0)`.execute(db)
  statements.length = 0
  await reindexText(db, place, { before: '', after: text })
  expect(statements.map(({ changed }) => changed)).toEqual(Array(5).fill(TERMS_TOGETHER))
  await forgetText(db, place, text)
  expect(statements.every(({ changed }) => changed <= TERMS_TOGETHER)).toBe(true)
  const { rows } = await sql`SELECT * FROM message_terms`.execute(db)
  expect(rows).toEqual([])
})

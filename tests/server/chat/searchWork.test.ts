import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import type { SearchPage, SearchQuery } from '#shared/protocol/search.ts'
import { createSearch } from '#server/chat/search/searchService.ts'
import { createCountedDatabase } from '../../support/server/countedDatabase.ts'

const MESSAGES = 20_000
/** No statement answers with more rows than this. */
const ROWS_MAX = 501
/** No request looks at more pieces than this. */
const PIECES_MAX = 300

/** A conversation of 20,000 messages: every text is `ab` or `cd`, in turn, and only the first is both. */
async function createLong(text: string) {
  const { db, statements } = await createCountedDatabase()
  const [reader, id] = [uuidv7(), uuidv7()]
  await sql`INSERT INTO users (id, mobile, nickname, password_hash, created_at)
    VALUES (${reader}, ${reader}, '', '', 0)`.execute(db)
  await sql`INSERT INTO conversations (id, kind, pair_key, last_seq, indexed_seq, created_at)
    VALUES (${id}, 'group', '', ${MESSAGES}, ${MESSAGES}, 0)`.execute(db)
  await sql`INSERT INTO members (conversation_id, user_id, read_seq)
    VALUES (${id}, ${reader}, 0)`.execute(db)
  await sql`WITH RECURSIVE seqs(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM seqs WHERE n < ${MESSAGES})
    INSERT INTO messages (id, conversation_id, seq, sender_id, kind, body, attention, created_at)
    SELECT 'id' || n, ${id}, n, ${reader}, 'text', json_object('kind', 'text', 'text',
      CASE WHEN n = 1 THEN 'ab cd' WHEN n % 2 = 0 THEN 'ab' ELSE 'cd' END), 0, n FROM seqs`.execute(
    db,
  )
  await sql`INSERT INTO message_terms (conversation_id, term, seq)
    SELECT conversation_id, term, seq FROM messages,
      (SELECT 'ab' AS term UNION SELECT 'cd' UNION SELECT 'b' UNION SELECT 'd')
    WHERE body LIKE '%' || term || '%'`.execute(db)
  let turns = 0
  const takeTurn = (): Promise<void> => {
    turns += 1
    return Promise.resolve()
  }
  const searches = { take: () => Promise.resolve(), refund: () => Promise.resolve() }
  const search = createSearch({ db, takeTurn, searches })
  async function ask(more: SearchQuery = {}): Promise<SearchPage & { turns: number }> {
    statements.length = 0
    turns = 0
    const page = await search(reader, {
      conversationId: id,
      ...(text === '' ? {} : { text }),
      ...more,
    })
    return { ...page, turns }
  }
  const indexNothing = () => sql`UPDATE conversations SET indexed_seq = 0`.execute(db)
  const longest = () => Math.max(...statements.map(({ rows }) => rows))
  return { ask, indexNothing, longest }
}

describe('the work of a search', () => {
  it.each([
    ['two words that are never together', 'ab cd', {}],
    ['fifty times the same letter', 'b '.repeat(50), {}],
    ['twenty-five words', Array.from({ length: 25 }, (_, at) => `abc${at}`).join(' '), {}],
    ['a call, where there is none', '', { kind: 'call' }],
    ['a link, where there is none', '', { kind: 'link' }],
    ['as many as can be left out', 'ab', { skip: 1_000 }],
  ] as const)('%s: in short statements, with turns between them', async (_, text, query) => {
    const long = await createLong(text)
    const { turns } = await long.ask(query)
    expect(long.longest()).toBeLessThanOrEqual(ROWS_MAX)
    expect(turns).toBeLessThan(PIECES_MAX)
    await long.indexNothing()
    const unindexed = await long.ask(query)
    expect(long.longest()).toBeLessThanOrEqual(ROWS_MAX)
    expect(unindexed.turns).toBeLessThan(PIECES_MAX)
  })

  it('what takes long is answered bit by bit, and found', async () => {
    const long = await createLong('ab cd')
    await long.indexNothing()
    const first = await long.ask()
    expect(first).toMatchObject({ messages: [], turns: PIECES_MAX - 1 })
    const found: string[] = []
    let asked = 1
    for (let { next } = first; next !== null; asked += 1) {
      const page = await long.ask(next)
      found.push(...page.messages.map(({ id }) => id))
      next = page.next
    }
    expect(found).toEqual(['id1'])
    expect(asked).toBe(2)
  })
})

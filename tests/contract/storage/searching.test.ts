import fc from 'fast-check'
import { uuidv7 } from 'uuidv7'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import type { MessageView } from '#shared/protocol/chat.ts'
import { SearchPage } from '#shared/protocol/search.ts'
import { holds, wordsOf } from '#server/chat/search/terms.ts'
import { createCrowd } from '../../support/server/crowd.ts'
import type { TestApp } from '../../support/server/testApp.ts'

const SECOND_MS = 1_000

/** 80 texts in a group and between two, of few letters, in different milliseconds or the same one. */
async function createTalks() {
  const crowd = await createCrowd(2)
  const [test, ann, bob] = [crowd.test, crowd.one(1), crowd.one(2)]
  const [id, between] = [await crowd.createGroup(ann, [bob]), await crowd.between(ann, bob)]
  const letters = fc.string({ unit: fc.constantFrom('明', '天', 'a', 'B', ' '), maxLength: 12 })
  const texts = fc.sample(letters, { numRuns: 80, seed: 14 }).map((text, n) => `${text} ${n}`)
  const said: MessageView[] = []
  for (const [n, text] of texts.entries()) {
    if (n === 40) await indexed(test)
    if (n % 4 === 3) test.clock.advance(SECOND_MS / 2)
    const who = n % 3 === 0 ? ann : bob
    const body = { id: uuidv7(), conversationId: n % 5 < 2 ? between : id, text }
    const answer = await who.socket.ask('chat.send', body)
    said.push((answer.body as { message: MessageView }).message)
  }
  return { test, ann, id, said }
}

const indexed = async (test: TestApp): Promise<void> => {
  const left = () => test.rows('SELECT sum(last_seq - indexed_seq) AS n FROM conversations')
  test.clock.advance(SECOND_MS)
  await expect.poll(() => Number(left()[0]?.['n'])).toBe(0)
}

type Talks = Awaited<ReturnType<typeof createTalks>>

/** All that a search finds, page by page. */
async function findAll({ ann }: Talks, query: Record<string, string>): Promise<string[]> {
  const found: string[] = []
  let place: Record<string, string> = {}
  for (;;) {
    const params = new URLSearchParams({ ...query, ...place }).toString()
    const { body } = await ann.tab.get(`/api/messages/search?${params}`)
    const { messages, next } = v.parse(SearchPage, body)
    found.push(...messages.map(({ id }) => id))
    if (next === null) return found
    place = { before: String(next.before), skip: String(next.skip) }
  }
}

/** What there is to find, by looking at every message. */
const wanted = ({ said }: Talks, text: string): Set<string> =>
  new Set(
    said
      .filter(({ body }) => body.kind === 'text' && holds(body.text, wordsOf(text)))
      .map(({ id }) => id),
  )

describe('a search', () => {
  it('finds the same whether it is in the index, half of it, or nothing of it', async () => {
    const talks = await createTalks()
    const queries = [
      '明',
      'a',
      '明天',
      'ab',
      '天 明',
      'a b',
      '明天 a',
      '天明 明天',
      '1',
      '无',
      '天天天',
    ]
    const timeOf = new Map(talks.said.map(({ id, createdAt }) => [id, createdAt]))
    async function compare() {
      for (const text of queries) {
        const found = await findAll(talks, { text })
        expect(new Set(found), text).toEqual(wanted(talks, text))
        expect(found.length, text).toBe(wanted(talks, text).size)
        const times = found.map((id) => timeOf.get(id) ?? 0)
        expect(times).toEqual(times.toSorted((a, b) => b - a))
      }
    }
    await compare()
    await indexed(talks.test)
    await compare()
    talks.test.execute('UPDATE conversations SET indexed_seq = 0')
    await compare()
    expect(wanted(talks, 'a').size).toBeGreaterThan(30)
  })

  it('finds what was said from one time to another, in one conversation', async () => {
    const talks = await createTalks()
    const { said, id } = talks
    const there = said.filter(({ conversationId }) => conversationId === id)
    const [from = 0, until = 0] = [there[10]?.createdAt, there[30]?.createdAt]
    const found = await findAll(talks, {
      conversationId: id,
      from: String(from),
      until: String(until),
    })
    const meant = there.filter(({ createdAt }) => createdAt >= from && createdAt < until)
    expect(new Set(found)).toEqual(new Set(meant.map((message) => message.id)))
    expect(found.length).toBeGreaterThan(10)
  })
})

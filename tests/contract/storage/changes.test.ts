import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import { createCrowd, refusals, upTo } from '../../support/server/crowd.ts'

const EMOJIS = ['👍', '❤️', '😂']

/** Four in a group, in which the first one has said something. */
async function createSaid() {
  const crowd = await createCrowd(4)
  const [ann, ...others] = crowd.people
  if (ann === undefined) throw new Error('nobody has come')
  const conversationId = await crowd.createGroup(ann, others)
  const id = uuidv7()
  await ann.socket.ask('chat.send', { id, conversationId, text: '周六八点' })
  const ref = { id, conversationId }
  const row = () => crowd.test.rows(`SELECT kind, body, rev FROM messages WHERE id = '${id}'`)[0]
  return { ...crowd, ann, others, ref, row }
}

describe('what many change at once in a message', () => {
  it('every answer with an emoji is kept, counted, and told once to each', async () => {
    const { people, ref, row, feedOf, test } = await createSaid()
    const acts = people.flatMap(({ socket }) =>
      EMOJIS.map((emoji) => socket.ask('chat.react', { ...ref, emoji, isOn: true })),
    )
    expect(refusals(await Promise.all(acts))).toEqual([])
    expect(test.rows('SELECT * FROM reactions')).toHaveLength(acts.length)
    expect(row()?.['rev']).toBe(acts.length)
    for (const who of people) {
      const changed = feedOf(who).filter(({ entry }) => entry.kind === 'changed')
      expect(changed).toHaveLength(acts.length)
    }
    expect(test.deadlocks()).toBe(0)
  })

  it('[CH8] taken back while it is edited, answered and quoted, nothing of it is left', async () => {
    const { ann, others, ref, row, test } = await createSaid()
    await Promise.all([
      ...upTo(3).map((n) => ann.socket.ask('chat.edit', { ...ref, text: `周日 ${n}` })),
      ...others.map(({ socket }) => socket.ask('chat.react', { ...ref, emoji: '👍', isOn: true })),
      ann.socket.ask('chat.recall', ref),
      ...others.map(({ socket }) =>
        socket.ask('chat.send', {
          id: uuidv7(),
          conversationId: ref.conversationId,
          text: '好',
          replyTo: ref.id,
        }),
      ),
    ])
    expect(row()?.['kind']).toBe('recalled')
    expect(test.rows('SELECT * FROM reactions')).toEqual([])
    expect(test.rows(`SELECT * FROM message_terms WHERE seq = 2`)).toEqual([])
    expect(test.deadlocks()).toBe(0)
  })

  it('edited in two tabs, it is found by what it says, and by nothing else', async () => {
    const { ann, ref, row, test } = await createSaid()
    const texts = ['甲乙', '丙丁', '戊己']
    const acts = texts.map((text) => ann.socket.ask('chat.edit', { ...ref, text }))
    expect(refusals(await Promise.all(acts))).toEqual([])
    const { text } = JSON.parse(String(row()?.['body'])) as { text: string }
    const terms = test.rows('SELECT term FROM message_terms WHERE seq = 2').map(({ term }) => term)
    expect(terms.toSorted()).toEqual([text, text.slice(1)].toSorted())
    expect(row()?.['rev']).toBe(texts.length)
  })

  it('deleted by all for themselves, it is deleted once for each', async () => {
    const { people, ref, test } = await createSaid()
    const { conversationId, id } = ref
    const acts = people.flatMap(({ socket }) =>
      upTo(2).map(() => socket.ask('chat.delete', { conversationId, ids: [id] })),
    )
    expect(refusals(await Promise.all(acts))).toEqual([])
    expect(test.rows('SELECT * FROM message_deletions')).toHaveLength(people.length)
  })
})

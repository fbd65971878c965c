import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import { createGroup } from '../support/server/group.ts'

async function mention() {
  const test = await createGroup()
  const call = async (who: typeof test.ann, mentions: readonly string[], id = uuidv7()) => {
    const body = { id, conversationId: test.id, text: '@', mentions }
    return [id, await who.socket.ask('chat.send', body)] as const
  }
  const mentioned = async (who: typeof test.ann) => (await who.conversation())?.mentionedSeqs
  return { ...test, call, mentioned }
}

describe('a message that mentions somebody', () => {
  it('[CH9] stands first for them until they have read it, and for nobody else', async () => {
    const { ann, bob, eve, id, say, call, mentioned } = await mention()
    await call(ann, [bob.id])
    await say(ann, 'more')
    expect([await mentioned(ann), await mentioned(bob), await mentioned(eve)]).toEqual([
      [],
      [2],
      [],
    ])
    await bob.tab.post(`/api/conversations/${id}/read`, { seq: 2 })
    expect(await mentioned(bob)).toEqual([])
  })

  it('owner and admins mention everybody; from a member it is just text', async () => {
    const { ann, bob, eve, call, mentioned } = await mention()
    const [, sent] = await call(bob, ['all'])
    expect(sent).toMatchObject({ ok: true, body: { message: { body: { text: '@' } } } })
    expect(await mentioned(eve)).toEqual([])
    await call(ann, ['all', bob.id])
    expect([await mentioned(ann), await mentioned(bob), await mentioned(eve)]).toEqual([
      [],
      [3],
      [3],
    ])
  })

  it('[CH4] nobody is mentioned who is not in it', async () => {
    const { ann, dan, call, mentioned, test } = await mention()
    await call(ann, [dan.id])
    expect(await mentioned(dan)).toBeUndefined()
    expect(test.rows('SELECT * FROM mentions')).toEqual([])
  })

  it('recalled or deleted, it mentions nobody', async () => {
    const { ann, bob, id, call, mentioned } = await mention()
    const [first] = await call(ann, [bob.id])
    const [second] = await call(ann, [bob.id])
    expect(await mentioned(bob)).toEqual([2, 3])
    await ann.socket.ask('chat.recall', { id: first, conversationId: id })
    await bob.socket.ask('chat.delete', { ids: [second], conversationId: id })
    expect(await mentioned(bob)).toEqual([])
  })

  it('[CH1] sent again it calls once; edited it still calls', async () => {
    const { ann, bob, id, call, mentioned, test } = await mention()
    const [sent] = await call(ann, [bob.id])
    await call(ann, [bob.id], sent)
    await ann.socket.ask('chat.edit', { id: sent, conversationId: id, text: '@ again' })
    expect(await mentioned(bob)).toEqual([2])
    expect(test.rows('SELECT * FROM mentions')).toHaveLength(1)
  })
})

import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import { createGroup, refused } from '../support/server/group.ts'

async function said() {
  const group = await createGroup()
  const id = uuidv7()
  await group.ann.socket.ask('chat.send', { id, conversationId: group.id, text: '东门见' })
  const ask = (who: typeof group.ann, messageId = id) =>
    who.socket.ask('chat.readers', { id: messageId, conversationId: group.id })
  const read = (who: typeof group.ann) =>
    who.tab.post(`/api/conversations/${group.id}/read`, { seq: 2 })
  const hide = (who: typeof group.ann) => who.socket.ask('presence.prefer', { showsReading: false })
  return { ...group, messageId: id, ask, read, hide }
}

describe('who has read what one has said in a group', () => {
  it('is told to who said it', async () => {
    const { ann, bob, eve, ask, read } = await said()
    const nobody = { read: [], unread: expect.arrayContaining([bob.id, eve.id]) as unknown }
    expect(await ask(ann)).toMatchObject({ ok: true, body: nobody })
    await read(bob)
    expect(await ask(ann)).toMatchObject({ ok: true, body: { read: [bob.id], unread: [eve.id] } })
  })

  it('[CH4] is told to nobody else, and of nothing else', async () => {
    const { ann, bob, dan, ask } = await said()
    expect(await ask(bob)).toMatchObject(refused('request/not-found'))
    expect(await ask(dan)).toMatchObject(refused('request/not-found'))
    expect(await ask(ann, uuidv7())).toMatchObject(refused('request/not-found'))
  })

  it('works both ways: who does not tell is not told, and is in no list', async () => {
    const { ann, bob, eve, ask, read, hide } = await said()
    await read(bob)
    await hide(bob)
    expect(await ask(ann)).toMatchObject({ ok: true, body: { read: [], unread: [eve.id] } })
    await hide(ann)
    expect(await ask(ann)).toMatchObject(refused('request/forbidden'))
  })

  it('is not told to who has left', async () => {
    const { ann, id, ask } = await said()
    await ann.socket.ask('group.leave', { conversationId: id })
    expect(await ask(ann)).toMatchObject(refused('request/not-found'))
  })
})

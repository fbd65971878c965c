import { uuidv7 } from 'uuidv7'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { SearchPage } from '#shared/protocol/search.ts'
import { conversationWith } from '../support/server/friends.ts'
import { createGroup } from '../support/server/group.ts'

async function searching() {
  const test = await createGroup()
  const search = async (who: typeof test.ann, query: Record<string, string>) => {
    const { status, body } = await who.tab.get(
      `/api/messages/search?${new URLSearchParams(query).toString()}`,
    )
    return { status, body }
  }
  const found = async (who: typeof test.ann, query: Record<string, string>) => {
    const { messages } = v.parse(SearchPage, (await search(who, query)).body)
    return messages.map(({ body }) => (body.kind === 'text' ? body.text : body.kind))
  }
  return { ...test, search, found }
}

describe('GET /api/messages/search', () => {
  it('finds part of a Chinese text, the newest first', async () => {
    const { ann, bob, say, found } = await searching()
    await say(ann, '周六东门见面')
    await say(bob, '东门还是西门？')
    await say(ann, '门东')
    expect(await found(ann, { text: '东门' })).toEqual(['东门还是西门？', '周六东门见面'])
    expect(await found(bob, { text: '东' })).toHaveLength(3)
    expect(await found(bob, { text: '面' })).toEqual(['周六东门见面'])
    expect(await found(bob, { text: '东门 西门' })).toEqual(['东门还是西门？'])
    expect(await found(bob, { text: '北' })).toEqual([])
  })

  it('finds words whatever their case', async () => {
    const { ann, say, found } = await searching()
    await say(ann, 'See you at the East Gate')
    expect(await found(ann, { text: 'east gate' })).toEqual(['See you at the East Gate'])
    expect(await found(ann, { text: '%' })).toEqual([])
  })

  it('finds words whatever their accents and width, and however they are composed', async () => {
    const { ann, say, found } = await searching()
    await say(ann, 'Un Café, Room ＡＢ１２')
    for (const text of ['cafe', 'CAFÉ', 'cafe\u0301', 'ab12', 'ｒｏｏｍ']) {
      expect(await found(ann, { text })).toEqual(['Un Café, Room ＡＢ１２'])
    }
  })

  it('[CH4] [S18] finds nothing that is not for who asks', async () => {
    const { test, ann, bob, dan, id, say, found, search } = await searching()
    await say(ann, '秘密')
    expect(await found(dan, { text: '秘密' })).toEqual([])
    expect(await found(dan, { text: '秘密', conversationId: id })).toEqual([])
    await ann.socket.ask('group.add', { conversationId: id, userIds: [dan.id] })
    expect(await found(dan, { text: '秘密' })).toEqual([])
    await bob.socket.ask('group.leave', { conversationId: id })
    await say(ann, '又一个秘密')
    expect(await found(bob, { text: '秘密' })).toEqual(['秘密'])
    expect(await found(dan, { text: '秘密' })).toEqual(['又一个秘密'])
    const nobody = { ...ann, tab: test.browser() }
    expect(await search(nobody, { text: '秘密' })).toMatchObject({ status: 401 })
  })

  it('[CH8] follows what becomes of a message', async () => {
    const { ann, bob, id, found } = await searching()
    const sent = uuidv7()
    await ann.socket.ask('chat.send', { id: sent, conversationId: id, text: '东门见' })
    await ann.socket.ask('chat.edit', { id: sent, conversationId: id, text: '西门见' })
    expect(await found(bob, { text: '东门' })).toEqual([])
    expect(await found(bob, { text: '西门' })).toEqual(['西门见'])
    await bob.socket.ask('chat.delete', { ids: [sent], conversationId: id })
    expect(await found(bob, { text: '西门' })).toEqual([])
    expect(await found(ann, { text: '西门' })).toEqual(['西门见'])
    await ann.socket.ask('chat.recall', { id: sent, conversationId: id })
    expect(await found(ann, { text: '西门' })).toEqual([])
  })

  it('in one conversation finds by kind and by time, without a text', async () => {
    const { test, ann, id, say, found, search } = await searching()
    await say(ann, '早')
    test.clock.advance(60_000)
    const later = String(test.clock.now())
    await say(ann, '看 https://example.com')
    expect(await found(ann, { conversationId: id, kind: 'link' })).toEqual([
      '看 https://example.com',
    ])
    expect(await found(ann, { conversationId: id, kind: 'call' })).toEqual([])
    expect(await found(ann, { conversationId: id, from: later })).toHaveLength(1)
    expect(await found(ann, { text: '早', until: later })).toEqual(['早'])
    expect(await search(ann, { kind: 'link' })).toMatchObject({ status: 400 })
    expect(await search(ann, { text: ' ' })).toMatchObject({ status: 400 })
    expect(await search(ann, { text: 'x'.repeat(101) })).toMatchObject({ status: 400 })
  })

  it('gives the newest first, and those after what one has', async () => {
    const { ann, say, search } = await searching()
    for (let n = 1; n <= 29; n += 1) await say(ann, `苹果 ${String(n)}`)
    const whole = v.parse(SearchPage, (await search(ann, { text: '苹果' })).body)
    expect([whole.messages.length, whole.next]).toEqual([29, null])
    const rest = v.parse(SearchPage, (await search(ann, { text: '苹果', skip: '20' })).body)
    expect(rest.messages).toHaveLength(9)
    expect(rest.messages[0]?.body).toMatchObject({ text: '苹果 9' })
  })

  it('skips so many and no more', async () => {
    const { ann, say, search } = await searching()
    await say(ann, '苹果')
    expect(await search(ann, { text: '苹果', skip: '1000' })).toMatchObject({ status: 200 })
    for (const skip of ['1001', '100000000000000']) {
      expect(await search(ann, { text: '苹果', skip })).toMatchObject({ status: 400 })
    }
  })

  it('finds in all conversations, together the newest first, words in any order', async () => {
    const { ann, bob, say, search, found } = await searching()
    const conversationId = await conversationWith(ann.tab, bob.id)
    const whisper = (text: string) =>
      bob.socket.ask('chat.send', { id: uuidv7(), conversationId, text })
    await say(ann, '苹果 一 红')
    await whisper('苹果 二 红')
    await say(bob, '苹果 三')
    await whisper('苹果 四 红')
    expect(await found(ann, { text: '苹果' })).toEqual([
      '苹果 四 红',
      '苹果 三',
      '苹果 二 红',
      '苹果 一 红',
    ])
    expect(await found(ann, { text: '红 苹果' })).toEqual([
      '苹果 四 红',
      '苹果 二 红',
      '苹果 一 红',
    ])
    const rest = v.parse(SearchPage, (await search(ann, { text: '苹果', skip: '2' })).body)
    expect(rest.messages.map(({ body }) => body)).toMatchObject([
      { text: '苹果 二 红' },
      { text: '苹果 一 红' },
    ])
  })

  it('finds nothing for who has no conversation', async () => {
    const { stranger, found } = await searching()
    expect(await found(stranger, { text: '苹果 红' })).toEqual([])
  })

  it('is answered 120 times a minute', async () => {
    const { ann, search } = await searching()
    for (let n = 1; n <= 120; n += 1) await search(ann, { text: 'x' })
    expect(await search(ann, { text: 'x' })).toMatchObject({
      status: 429,
      body: { error: { code: 'request/rate-limited' } },
    })
  })
})

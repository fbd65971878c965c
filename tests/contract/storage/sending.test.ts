import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import {
  createCrowd,
  entriesOf,
  refusals,
  upTo,
  type Crowd,
  type Somebody,
} from '../../support/server/crowd.ts'

const ROUNDS = 15

const posesOf = ({ feedOf }: Crowd, who: Somebody): number[] => feedOf(who).map(({ pos }) => pos)

/** In the order of the feed, the seqs of each conversation must come in theirs. */
const messagesIn = ({ feedOf }: Crowd, who: Somebody): number[] =>
  feedOf(who).flatMap(({ entry, message }) =>
    entry.kind === 'message' && message !== null ? message.seq : [],
  )

describe('what many say at once', () => {
  it('in one conversation has numbers without holes or doubles, for each of them in that order', async () => {
    const crowd = await createCrowd(2)
    const [ann, bob] = [crowd.one(1), crowd.one(2)]
    const id = await crowd.between(ann, bob)
    const answers = await Promise.all(
      upTo(ROUNDS).flatMap(() => [crowd.say(ann, id), crowd.say(bob, id)]),
    )
    expect(refusals(answers)).toEqual([])
    expect(crowd.seqsOf(id)).toEqual(upTo(ROUNDS * 2))
    for (const who of [ann, bob]) {
      expect(posesOf(crowd, who)).toEqual(upTo(ROUNDS * 2))
      expect(messagesIn(crowd, who)).toEqual(upTo(ROUNDS * 2))
    }
  })

  it('in conversations that share their members leaves no hole in any feed, and no two wait for each other', async () => {
    const crowd = await createCrowd(5)
    const [a, b, c, d, e] = [1, 2, 3, 4, 5].map(crowd.one) as [
      Somebody,
      Somebody,
      Somebody,
      Somebody,
      Somebody,
    ]
    const places: [string, Somebody[]][] = [
      [await crowd.createGroup(a, [b, c, d]), [a, b, c, d]],
      [await crowd.createGroup(e, [d, c, b]), [e, d, c, b]],
      [await crowd.createGroup(c, [a, e]), [c, a, e]],
      [await crowd.between(d, a), [d, a]],
      [await crowd.between(e, b), [e, b]],
    ]
    const before = new Map(crowd.people.map((who) => [who, crowd.feedOf(who).length]))
    const acts = upTo(6).flatMap((round) =>
      places.flatMap(([id, members]) =>
        members.flatMap((who) => [
          crowd.say(who, id),
          // That it has come is told to the others, in their feeds.
          who.socket.ask('feed.get', { after: (before.get(who) ?? 0) + round }),
        ]),
      ),
    )
    expect(refusals(await Promise.all(acts))).toEqual([])
    expect(crowd.test.deadlocks()).toBe(0)
    for (const [id, members] of places) {
      const said = crowd.seqsOf(id).length
      expect(crowd.seqsOf(id)).toEqual(upTo(said))
      expect(said).toBeGreaterThanOrEqual(members.length * 6)
    }
    for (const who of crowd.people) {
      expect(posesOf(crowd, who)).toEqual(upTo(crowd.feedOf(who).length))
    }
  })

  it('[CH6] has come to all in a ring at once, and each learns of it', async () => {
    const crowd = await createCrowd(4)
    const { people, feedOf, one } = crowd
    const places = await Promise.all(
      people.map((who, at) => crowd.between(who, one(((at + 1) % people.length) + 1))),
    )
    for (const round of upTo(ROUNDS)) {
      await Promise.all(people.map((who, at) => crowd.say(who, places[at] ?? '')))
      const asked = people.map((who) =>
        who.socket.ask('feed.get', { after: feedOf(who).at(-1)?.pos ?? 0 }),
      )
      await Promise.all(asked)
      for (const who of people) expect(entriesOf(feedOf(who), 'receipt')).toHaveLength(round)
    }
    expect(crowd.test.deadlocks()).toBe(0)
  })

  it('[CH1] under one id, doubled everywhere, is one message', async () => {
    const crowd = await createCrowd(2)
    const [ann, bob] = [crowd.one(1), crowd.one(2)]
    const conversationId = await crowd.between(ann, bob)
    const drafts = upTo(5).map(() => ({ id: uuidv7(), conversationId, text: '一' }))
    const answers = await Promise.all(
      drafts.flatMap((draft) => upTo(4).map(() => ann.socket.ask('chat.send', draft))),
    )
    expect(refusals(answers)).toEqual([])
    expect(crowd.seqsOf(conversationId)).toEqual(upTo(5))
    expect(crowd.feedOf(bob)).toHaveLength(5)
  })

  it('[CH1] under one id in two conversations is in one of them, and a conflict in the other', async () => {
    const crowd = await createCrowd(3)
    const [ann, bob, eve] = [crowd.one(1), crowd.one(2), crowd.one(3)]
    const places = [await crowd.between(ann, bob), await crowd.between(ann, eve)]
    const answers = await Promise.all(
      upTo(8).flatMap(() => {
        const id = uuidv7()
        return places.map((conversationId) =>
          ann.socket.ask('chat.send', { id, conversationId, text: '一' }),
        )
      }),
    )
    expect(refusals(answers)).toEqual(upTo(8).map(() => 'request/conflict'))
    expect(crowd.feedOf(ann)).toHaveLength(8)
    for (const id of places) expect(crowd.seqsOf(id)).toEqual(upTo(crowd.seqsOf(id).length))
  })
})

describe('[CH9] how far somebody has read', () => {
  it('counts as unread, while more is said, what had come to them after it and before its entry', async () => {
    const crowd = await createCrowd(2)
    const [ann, bob] = [crowd.one(1), crowd.one(2)]
    const id = await crowd.between(ann, bob)
    await crowd.say(ann, id)
    await Promise.all(
      upTo(ROUNDS).flatMap((seq) => [
        crowd.say(ann, id),
        bob.tab.post(`/api/conversations/${id}/read`, { seq }),
      ]),
    )
    const feed = crowd.feedOf(bob)
    const reads = entriesOf(feed, 'read')
    expect(reads.length).toBeGreaterThan(0)
    for (const { pos, readSeq, unread } of reads) {
      const come = feed.filter(
        (one) => one.entry.kind === 'message' && one.pos < pos && (one.message?.seq ?? 0) > readSeq,
      )
      expect(unread).toBe(come.length)
    }
    expect(reads.map(({ readSeq }) => readSeq)).toEqual(
      reads.map(({ readSeq }) => readSeq).toSorted((one, other) => one - other),
    )
  })
})

describe('what somebody chooses at once in two tabs', () => {
  it('of a conversation is all kept', async () => {
    const crowd = await createCrowd(2)
    const bob = crowd.one(2)
    const conversationId = await crowd.between(bob, crowd.one(1))
    const choices = [{ isMuted: true }, { isPinned: true }, { isMarkedUnread: true }]
    await Promise.all(
      choices.map((choice) => bob.socket.ask('chat.settings', { conversationId, ...choice })),
    )
    expect(entriesOf(crowd.feedOf(bob), 'settings').at(-1)?.settings).toMatchObject({
      isMuted: true,
      isPinned: true,
      isMarkedUnread: true,
    })
  })

  it('of what they let others know is all kept', async () => {
    const crowd = await createCrowd(1)
    const ann = crowd.one(1)
    const choices = [{ showsTyping: false }, { showsPresence: false }, { showsReading: false }]
    // Only the second time there is a row that could be held.
    for (const isOn of [false, true]) {
      const wanted = choices.map((choice) =>
        Object.fromEntries(Object.keys(choice).map((key) => [key, isOn])),
      )
      await Promise.all(wanted.map((one) => ann.socket.ask('presence.prefer', one)))
      const all = { showsTyping: isOn, showsPresence: isOn, showsReading: isOn }
      expect((await ann.tab.get('/api/preferences')).body).toEqual(all)
      expect(entriesOf(crowd.feedOf(ann), 'preferences').at(-1)?.preferences).toEqual(all)
    }
  })
})

import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import { GROUP_MAX_MEMBERS } from '#shared/limits.ts'
import { createCrowd, refusals, upTo } from '../../support/server/crowd.ts'

/** Five contacts; the first one has a group with all. */
async function createGroup() {
  const crowd = await createCrowd(5)
  const [owner, ...others] = crowd.people
  if (owner === undefined) throw new Error('nobody has come')
  const id = await crowd.createGroup(owner, others)
  const rolesOf = (): string[] =>
    crowd.test
      .rows(`SELECT role FROM members WHERE conversation_id = '${id}' ORDER BY role`)
      .map(({ role }) => String(role))
  return { ...crowd, owner, others, id, rolesOf }
}

describe('what many do at once in a group', () => {
  it('made twice, it is one', async () => {
    const { one, test } = await createCrowd(3)
    const wanted = { id: uuidv7(), name: '', userIds: [one(2).id, one(3).id] }
    const made = upTo(4).map(() => one(1).socket.ask('group.create', wanted))
    expect(refusals(await Promise.all(made))).toEqual([])
    expect(test.rows(`SELECT seq FROM messages`)).toEqual([{ seq: 1 }])
    expect(test.rows(`SELECT id FROM conversations WHERE kind = 'group'`)).toHaveLength(1)
  })

  it('nothing that is said comes to who was taken out before, nor from them', async () => {
    const { owner, one, id, say, feedOf, test } = await createGroup()
    const first = one(2)
    await Promise.all([
      ...upTo(8).flatMap(() => [say(first, id), say(owner, id)]),
      owner.socket.ask('group.remove', { conversationId: id, userIds: [first.id] }),
    ])
    const [{ left_seq: left } = { left_seq: null }] = test.rows(
      `SELECT left_seq FROM members WHERE conversation_id = '${id}' AND user_id = '${first.id}'`,
    )
    const seqs = feedOf(owner).flatMap(({ message }) => message ?? [])
    const theirs = seqs.filter(({ senderId }) => senderId === first.id)
    expect(theirs.filter(({ seq }) => seq > Number(left))).toEqual([])
    const heard = feedOf(first).flatMap(({ message }) => message?.seq ?? [])
    expect(heard).toEqual(upTo(Number(left)))
  })

  it('it has one owner, whoever is handed it and whoever leaves', async () => {
    const { owner, others, id, rolesOf, test } = await createGroup()
    await Promise.all([
      ...others.map(({ id: userId }) =>
        owner.socket.ask('group.role', { conversationId: id, userId, role: 'owner' }),
      ),
      ...others.slice(1).map(({ socket }) => socket.ask('group.leave', { conversationId: id })),
    ])
    expect(rolesOf().filter((role) => role === 'owner')).toHaveLength(1)
    expect(rolesOf().filter((role) => role === 'gone')).toHaveLength(3)
    expect(test.deadlocks()).toBe(0)
  })

  it('its last owner goes when all go', async () => {
    const { people, id, rolesOf, seqsOf } = await createGroup()
    await Promise.all(people.map(({ socket }) => socket.ask('group.leave', { conversationId: id })))
    expect(rolesOf()).toEqual(people.map(() => 'gone'))
    expect(seqsOf(id)).toEqual(upTo(1 + people.length))
  })

  it('it has no more members than it may have', async () => {
    const crowd = await createCrowd(5)
    const [ann, bob] = [crowd.one(1), crowd.one(2)]
    const id = await crowd.createGroup(ann, [bob])
    const fillers = upTo(GROUP_MAX_MEMBERS - 3).map((n) => `filler-${n}`)
    const values = (row: (name: string) => string): string => fillers.map(row).join(', ')
    crowd.test.execute(`INSERT INTO users (id, mobile, nickname, password_hash, created_at)
      VALUES ${values((name) => `('${name}', '${name}', '', '', 0)`)}`)
    crowd.test.execute(`INSERT INTO members (conversation_id, user_id, read_seq)
      VALUES ${values((name) => `('${id}', '${name}', 0)`)}`)
    const more = [3, 4, 5].map((n) =>
      ann.socket.ask('group.add', { conversationId: id, userIds: [crowd.one(n).id] }),
    )
    expect(refusals(await Promise.all(more))).toEqual(['request/conflict', 'request/conflict'])
    expect(
      crowd.test.rows(`SELECT count(*) AS n FROM members WHERE conversation_id = '${id}'`),
    ).toEqual([{ n: GROUP_MAX_MEMBERS }])
  })
})

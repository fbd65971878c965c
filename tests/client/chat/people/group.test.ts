import { describe, expect, it } from 'vitest'
import { presentIn } from '#shared/rules/groupMembers.ts'
import type { GroupMember, GroupView } from '#shared/protocol/groups.ts'
import { afterEntry } from '#client/chat/conversations/conversationEntries.ts'
import { groupTitle, personIn, withGroupChange } from '#client/chat/people/group.ts'
import { BAI_LU, conversation, ME, message } from '../../../support/client/people.ts'

const member = (id: string, part: Partial<GroupMember> = {}): GroupMember => ({
  id,
  nickname: id.toUpperCase(),
  role: 'member',
  alias: '',
  ...part,
})

const group = (part: Partial<GroupView> = {}): GroupView => ({
  name: '',
  members: [member('a', { role: 'owner' }), member('b'), member('c')],
  announcement: null,
  ...part,
})

describe('a group that changes', () => {
  it('keeps the places of who is known, and takes in who is new', () => {
    const change = { members: [member('b', { role: 'gone' }), member('d')] }
    const once = withGroupChange(group(), change)
    expect(presentIn(once).map(({ id }) => id)).toEqual(['a', 'c', 'd'])
    expect(personIn(once, 'b').nickname).toBe('B')
    expect(withGroupChange(once, change)).toEqual(once)
  })

  it('has nobody in it when it is dissolved, and keeps its names', () => {
    const before = group({
      members: [member('a', { role: 'owner' }), member('b', { alias: '队长' })],
    })
    const after = withGroupChange(before, { isDissolved: true })
    expect(presentIn(after)).toEqual([])
    expect(groupTitle(after, 'a', ', ')).toBe('队长')
  })

  it('has an announcement until there is another, or none', () => {
    const announcement = { text: '八点', byId: 'a', at: 1 }
    const said = withGroupChange(group(), { announcement })
    expect(withGroupChange(said, { name: '爬山' }).announcement).toEqual(announcement)
    expect(withGroupChange(said, { announcement: null }).announcement).toBeNull()
  })

  it('has its own name, or the names of its other members', () => {
    expect(groupTitle(group({ name: '爬山' }), 'a', '、')).toBe('爬山')
    expect(groupTitle(group(), 'a', ', ')).toBe('B, C')
    const many = group({ members: ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => member(id)) })
    expect(groupTitle(many, 'a', ', ')).toBe('B, C, D, E…')
    expect(groupTitle(group({ members: [member('a')] }), 'a', ', ')).toBe('A')
  })
})

describe('[CH5] what the feed says of a group', () => {
  const id = conversation().id
  const came = { kind: 'group', conversationId: id, group: group(), clearedSeq: 4 } as const

  it('who comes in late has nothing unread before', () => {
    const next = afterEntry(new Map(), came, ME.id)
    expect(next).toMatchObject({ group: group(), peer: null, readSeq: 4, lastSeq: 4, unread: 0 })
    const known = new Map([[id, next ?? conversation()]])
    const said = { kind: 'message', message: message(5), peer: null } as const
    expect(afterEntry(known, said, ME.id)).toMatchObject({ lastSeq: 5, unread: 1 })
  })

  it('who comes in again finds it in the list', () => {
    const settings = { ...conversation().settings, isHidden: true }
    const known = conversation({ peer: null, group: group(), lastMessage: message(3), settings })
    const next = afterEntry(new Map([[id, known]]), came, ME.id)
    expect(next).toMatchObject({ lastMessage: null, settings: { isHidden: false, clearedSeq: 4 } })
  })

  it('a change of what is no group, and a word of an unknown one, change nothing', () => {
    const change = { kind: 'groupChanged', conversationId: id, change: { name: 'x' } } as const
    expect(
      afterEntry(new Map([[id, conversation({ peer: BAI_LU })]]), change, ME.id),
    ).toBeUndefined()
    const said = { kind: 'message', message: message(1), peer: null } as const
    expect(afterEntry(new Map(), said, ME.id)).toBeUndefined()
  })
})

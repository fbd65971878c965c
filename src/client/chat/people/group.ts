import { holdsFolded } from '#shared/folding.ts'
import type { UserView } from '#shared/protocol/accounts.ts'
import { displayNameIn, presentIn } from '#shared/rules/groupMembers.ts'
import { isolated } from '#client/i18n/index.ts'
import type { ConversationView } from '#shared/protocol/chat.ts'
import type { GroupChange, GroupMember, GroupView } from '#shared/protocol/groups.ts'

/** So many names stand for a group that has none of its own. */
const NAMES_MAX = 4

/** A group after something in it has changed; members who are known keep their place. */
export function withGroupChange(group: GroupView, change: GroupChange): GroupView {
  const next = new Map((change.members ?? []).map((member) => [member.id, member]))
  const kept = group.members.map((member) => next.get(member.id) ?? member)
  const known = new Set(group.members.map(({ id }) => id))
  const fresh = (change.members ?? []).filter(({ id }) => !known.has(id))
  const members = [...kept, ...fresh]
  return {
    name: change.name ?? group.name,
    members: change.isDissolved === true ? members.map(gone) : members,
    announcement: change.announcement === undefined ? group.announcement : change.announcement,
  }
}

const gone = (member: GroupMember): GroupMember => ({ ...member, role: 'gone' })

/** Its name, or those of its other members. @param separator stands between two names */
export function groupTitle(group: GroupView, me: string, separator: string): string {
  if (group.name !== '') return group.name
  // Where nobody is in it any more, those who were.
  const present = presentIn(group)
  const named = present.length > 0 ? present : group.members
  const others = named.filter(({ id }) => id !== me)
  const names = (others.length > 0 ? others : named).map(({ id }) => displayNameIn(group, id))
  const title = names.slice(0, NAMES_MAX).map(isolated).join(separator)
  return names.length > NAMES_MAX ? `${title}…` : title
}

/** Somebody who said something in it, also when they have left. */
export const personIn = (group: GroupView, userId: string): UserView => ({
  id: userId,
  nickname: displayNameIn(group, userId),
})

export interface CalledGroup {
  readonly id: string
  readonly group: GroupView
  readonly title: string
}

/** The groups whose name, or the name of a member, matches. */
export function groupsCalled(
  conversations: Iterable<ConversationView>,
  query: string,
  { me, separator }: { me: string; separator: string },
): readonly CalledGroup[] {
  const isIn = (text: string): boolean => holdsFolded(text, query)
  return [...conversations].flatMap(({ id, group }) => {
    if (group === null) return []
    const title = groupTitle(group, me, separator)
    const isCalled =
      isIn(title) || presentIn(group).some((member) => isIn(displayNameIn(group, member.id)))
    return isCalled ? { id, group, title } : []
  })
}

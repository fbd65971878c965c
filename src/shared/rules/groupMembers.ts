import type { GroupMember, GroupRole, GroupView } from '../protocol/groups.ts'

/** Who is in a group now, the first ones first. */
export const presentIn = ({ members }: GroupView): readonly GroupMember[] =>
  members.filter(({ role }) => role !== 'gone')

/** What somebody is in a group; undefined for who was never in it. */
export const roleIn = ({ members }: GroupView, userId: string): GroupRole | undefined =>
  members.find(({ id }) => id === userId)?.role

/** Whether somebody is in a group now. */
export const isIn = (group: GroupView, userId: string): boolean =>
  (roleIn(group, userId) ?? 'gone') !== 'gone'

const RANKS: Readonly<Record<GroupRole, number>> = { owner: 2, admin: 1, member: 0, gone: -1 }

const rankIn = (group: GroupView, userId: string): number => RANKS[roleIn(group, userId) ?? 'gone']

/** Whether somebody looks after a group: its owner, and its admins. */
export const isManagerOf = (group: GroupView, userId: string): boolean => rankIn(group, userId) > 0

/** Whether somebody decides about somebody else in a group: about who was never in it, too. */
export const outranks = (group: GroupView, userId: string, other: string): boolean =>
  isManagerOf(group, userId) && rankIn(group, userId) > rankIn(group, other)

/** The name of a member in a group; empty for somebody who was never in it. */
export function displayNameIn({ members }: GroupView, userId: string): string {
  const member = members.find(({ id }) => id === userId)
  if (member === undefined) return ''
  return member.alias === '' ? member.nickname : member.alias
}

/** Whether somebody takes back what somebody has said in a group, at any time [CH8]. */
export const decidesAbout = (group: GroupView, userId: string, senderId: string): boolean =>
  senderId === userId ? isManagerOf(group, userId) : outranks(group, userId, senderId)

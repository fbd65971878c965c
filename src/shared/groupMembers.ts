import type { GroupMember, GroupRole, GroupView } from './protocol/groups.ts'

/** Who is in a group now, the first ones first. */
export const presentIn = ({ members }: GroupView): readonly GroupMember[] =>
  members.filter(({ role }) => role !== 'gone')

/** What somebody is in a group; undefined for who was never in it. */
export const roleIn = ({ members }: GroupView, userId: string): GroupRole | undefined =>
  members.find(({ id }) => id === userId)?.role

/** Whether somebody is in a group now. */
export const isIn = (group: GroupView, userId: string): boolean =>
  (roleIn(group, userId) ?? 'gone') !== 'gone'

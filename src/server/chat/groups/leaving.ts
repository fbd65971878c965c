import { AppError } from '#shared/errors.ts'
import { isIn, outranks, presentIn, roleIn } from '#shared/rules/groupMembers.ts'
import type { UserId } from '#shared/ids.ts'
import type { GroupView } from '#shared/protocol/groups.ts'
import { putAway } from '../conversations/settings.ts'
import { actIn, requireManager, requireOwner, type GroupTools } from './acting.ts'
import { retire, updateMember } from '../conversations/groupRepository.ts'
import type { GroupService } from './groupService.ts'
import { groupOf } from './groupSteps.ts'
import { keepPast } from '../conversations/pastRepository.ts'

/** People are in a group no more: by themselves, by who looks after it, or all at once. */
export function createLeaving(
  tools: GroupTools,
): Pick<GroupService, 'leave' | 'remove' | 'dissolve'> {
  const { feed, now, acts, steps } = tools
  return {
    leave: (userId, { conversationId: id }) =>
      actIn(tools, { userId, id }, async (act, group) => {
        const { trx } = act
        if (!isIn(group, userId)) return []
        const { message, deliveries } = await steps.say(act, {
          tip: 'left',
          userIds: [userId],
          text: '',
        })
        await retire(trx, { id, userIds: [userId], leftSeq: message.seq })
        const heir = heirOf(group, userId)
        if (roleIn(group, userId) === 'owner' && heir !== undefined) {
          await updateMember(trx, { id, userId: heir }, { role: 'owner' })
        }
        const after = await groupOf(trx, id)
        await keepPast(trx, { id, leftSeq: message.seq }, after)
        const members = after.members.filter((one) => one.id === userId || one.id === heir)
        const told = await steps.tell(act, group, { members })
        const hidden = await feed.record(trx, await putAway(trx, { id, userId, at: now() }))
        return [...deliveries, ...told, ...hidden]
      }),

    async remove(userId, { conversationId: id, userIds }) {
      await acts.take(userId)
      return actIn(tools, { userId, id }, async (act, group) => {
        requireManager(group, userId)
        const leaving = [...new Set(userIds)].filter((other) => isIn(group, other))
        if (!leaving.every((other) => outranks(group, userId, other))) {
          throw new AppError('request/forbidden', { field: 'userIds' })
        }
        if (leaving.length === 0) return []
        const tip = { tip: 'removed' as const, userIds: leaving, text: '' }
        const { message, deliveries } = await steps.say(act, tip)
        await retire(act.trx, { id, userIds: leaving, leftSeq: message.seq })
        await keepPast(act.trx, { id, leftSeq: message.seq }, await groupOf(act.trx, id))
        return [...deliveries, ...(await steps.tellOf(act, group, leaving))]
      })
    },

    async dissolve(userId, { conversationId: id }) {
      await acts.take(userId)
      return actIn(tools, { userId, id }, async (act, group) => {
        // Said again: nobody is in it any more.
        if (presentIn(group).length === 0) return []
        requireOwner(group, userId)
        const { message, deliveries } = await steps.say(act, {
          tip: 'dissolved',
          userIds: [],
          text: '',
        })
        const userIds = presentIn(group).map((member) => member.id)
        await retire(act.trx, { id, userIds, leftSeq: message.seq })
        await keepPast(act.trx, { id, leftSeq: message.seq }, await groupOf(act.trx, id))
        return [...deliveries, ...(await steps.tell(act, group, { isDissolved: true }))]
      })
    },
  }
}

/** A group always has an owner: after this one an admin, or else who has been in it longest. */
function heirOf(group: GroupView, userId: UserId): UserId | undefined {
  const others = presentIn(group).filter((other) => other.id !== userId)
  return (others.find(({ role }) => role === 'admin') ?? others[0])?.id
}

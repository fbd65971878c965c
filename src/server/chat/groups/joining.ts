import { AppError } from '#shared/errors.ts'
import type { UserId } from '#shared/ids.ts'
import { presentIn, roleIn } from '#shared/rules/groupMembers.ts'
import { GROUP_MAX_MEMBERS } from '#shared/limits.ts'
import { inTransaction } from '#server/platform/database/database.ts'
import { actIn, requirePresent, type GroupTools } from './acting.ts'
import { findGroups, insertGroup, isConversation, join } from '../conversations/groupRepository.ts'
import type { GroupService } from './groupService.ts'
import type { Act } from './groupSteps.ts'

/** People come into a group. */
export function createJoining(tools: GroupTools): Pick<GroupService, 'create' | 'add'> {
  const { db, feed, now, acts, contactsAmong, steps } = tools

  async function requireContacts({ trx, userId }: Act, userIds: readonly UserId[]): Promise<void> {
    const known = new Set(await contactsAmong(trx, userId, userIds))
    if (!userIds.every((other) => known.has(other))) {
      throw new AppError('request/forbidden', { field: 'userIds' })
    }
  }

  async function begin(act: Act, name: string, userIds: readonly UserId[]) {
    const { trx, id, userId } = act
    const found = (await findGroups(trx, [id])).get(id)
    if (found !== undefined && roleIn(found, userId) !== undefined) return []
    if (await isConversation(trx, id)) throw new AppError('request/conflict', { field: 'id' })
    await requireContacts(act, userIds)
    await insertGroup(trx, { id, name, createdAt: now() })
    await join(trx, { id, userIds: [userId], role: 'owner', at: now() })
    return steps.welcome(act, userIds, 'created')
  }

  return {
    async create(userId, { id, name, userIds }) {
      await acts.take(userId)
      const others = [...new Set(userIds)].filter((other) => other !== userId)
      if (others.length === 0) throw new AppError('request/conflict', { field: 'userIds' })
      feed.announce(await inTransaction(db, (trx) => begin({ trx, id, userId }, name, others)))
      return {}
    },

    async add(userId, { conversationId: id, userIds }) {
      await acts.take(userId)
      return actIn(tools, { userId, id }, async (act, group) => {
        requirePresent(group, userId)
        const there = new Set(presentIn(group).map((member) => member.id))
        const fresh = [...new Set(userIds)].filter((other) => !there.has(other))
        if (fresh.length === 0) return []
        await requireContacts(act, fresh)
        if (there.size + fresh.length > GROUP_MAX_MEMBERS) {
          throw new AppError('request/conflict', { field: 'userIds' })
        }
        return steps.welcome(act, fresh, 'added')
      })
    },
  }
}

import { AppError } from '#shared/errors.ts'
import { isIn, roleIn } from '#shared/rules/groupMembers.ts'
import type { GroupRole, SystemBody } from '#shared/protocol/groups.ts'
import { actIn, requireManager, requireOwner, requirePresent, type GroupTools } from './acting.ts'
import { setAnnouncement, setName, updateMember } from '../conversations/groupRepository.ts'
import type { GroupService } from './groupService.ts'

/** A group is called another way, or has something to say to all who are in it. */
export function createNaming(
  tools: GroupTools,
): Pick<GroupService, 'rename' | 'announce' | 'alias'> {
  const { now, acts, steps } = tools
  return {
    async rename(userId, { conversationId: id, name }) {
      await acts.take(userId)
      return actIn(tools, { userId, id }, async (act, group) => {
        requireManager(group, userId)
        if (group.name === name) return []
        await setName(act.trx, id, name)
        const told = await steps.tell(act, group, { name })
        const said = await steps.say(act, { tip: 'renamed', userIds: [], text: name })
        return [...told, ...said.deliveries]
      })
    },

    async announce(userId, { conversationId: id, text }) {
      await acts.take(userId)
      return actIn(tools, { userId, id }, async (act, group) => {
        requireManager(group, userId)
        if ((group.announcement?.text ?? '') === text) return []
        const announcement = text === '' ? null : { text, byId: userId, at: now() }
        await setAnnouncement(act.trx, id, announcement)
        const told = await steps.tell(act, group, { announcement })
        if (announcement === null) return told
        const said = await steps.say(act, { tip: 'announced', userIds: [], text })
        return [...told, ...said.deliveries]
      })
    },

    async alias(userId, { conversationId: id, alias }) {
      await acts.take(userId)
      return actIn(tools, { userId, id }, async (act, group) => {
        requirePresent(group, userId)
        await updateMember(act.trx, act, { alias })
        const isNew = group.members.some((member) => member.id === userId && member.alias !== alias)
        return isNew ? steps.tellOf(act, group, [userId]) : []
      })
    },
  }
}

const SYSTEM_WORDS: Readonly<Record<Exclude<GroupRole, 'gone'>, SystemBody['tip']>> = {
  owner: 'handedOver',
  admin: 'promoted',
  member: 'demoted',
}

/** The owner of a group decides who looks after it. */
export function createRoles(tools: GroupTools): Pick<GroupService, 'role'> {
  const { acts, steps } = tools
  return {
    async role(userId, { conversationId: id, userId: other, role }) {
      await acts.take(userId)
      return actIn(tools, { userId, id }, async (act, group) => {
        if (isIn(group, userId) && roleIn(group, other) === role) return []
        requireOwner(group, userId)
        if (!isIn(group, other)) throw new AppError('request/not-found', { field: 'userId' })
        // There is one owner: they hand it over, and do not just lay it down.
        if (other === userId) throw new AppError('request/conflict', { field: 'userId' })
        await updateMember(act.trx, { id, userId: other }, { role })
        const isHandedOver = role === 'owner'
        if (isHandedOver) await updateMember(act.trx, act, { role: 'admin' })
        const changed = isHandedOver ? [other, userId] : [other]
        const told = await steps.tellOf(act, group, changed)
        const said = await steps.say(act, { tip: SYSTEM_WORDS[role], userIds: [other], text: '' })
        return [...told, ...said.deliveries]
      })
    },
  }
}

import { AppError } from '#shared/errors.ts'
import type { ConversationId, UserId } from '#shared/ids.ts'
import { isIn, presentIn, roleIn } from '#shared/groupMembers.ts'
import { GROUP_MAX_MEMBERS } from '#shared/limits.ts'
import type { RequestBody } from '#shared/protocol/envelope.ts'
import type { GroupView } from '#shared/protocol/groups.ts'
import { inTransaction, type Database } from '#server/platform/database/database.ts'
import type { Limiter } from '#server/platform/limits/limiter.ts'
import type { News } from '../feed.ts'
import { putAway } from '../settings.ts'
import { findGroups, insertGroup, join, retire, setName, setRole } from './groupRepository.ts'
import {
  createGroupSteps,
  groupOf,
  type Act,
  type GroupSteps,
  type GroupStepsOptions,
} from './groupSteps.ts'

/**
 * What users do with groups. Said again it is the same, and nobody hears of it twice.
 * @throws AppError `request/not-found` (no member [CH4]), `request/forbidden`, `request/conflict`
 *   (too many members, somebody else's id), `request/rate-limited`
 */
export interface GroupService {
  create(userId: UserId, body: RequestBody<'group.create'>): Promise<object>
  add(userId: UserId, body: RequestBody<'group.add'>): Promise<object>
  leave(userId: UserId, body: RequestBody<'group.leave'>): Promise<object>
  rename(userId: UserId, body: RequestBody<'group.rename'>): Promise<object>
}

export interface GroupServiceOptions extends GroupStepsOptions {
  db: Database
  /** Groups and what is done with them, of a user. */
  acts: Limiter
  /** Of these people those who are contacts of a user's. */
  contactsAmong: (db: Database, userId: UserId, others: readonly UserId[]) => Promise<UserId[]>
}

interface Tools extends GroupServiceOptions {
  steps: GroupSteps
}

export function createGroupService(options: GroupServiceOptions): GroupService {
  const tools = { ...options, steps: createGroupSteps(options) }
  return { ...createGathering(tools), ...createChanging(tools) }
}

type Apply = (act: Act, group: GroupView) => Promise<readonly News[]>

/** Do something in a group that one is or was in; `apply` returns what is to be announced. */
async function actIn(
  { db, feed }: Tools,
  { userId, id }: { userId: UserId; id: ConversationId },
  apply: Apply,
): Promise<object> {
  const news = await inTransaction(db, async (trx) => {
    const group = (await findGroups(trx, [id])).get(id)
    if (group === undefined || roleIn(group, userId) === undefined) {
      throw new AppError('request/not-found')
    }
    return apply({ trx, id, userId }, group)
  })
  feed.announce(news)
  return {}
}

/** People come into a group. */
function createGathering(tools: Tools): Pick<GroupService, 'create' | 'add'> {
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
    if (found !== undefined) throw new AppError('request/conflict', { field: 'id' })
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

/** A group loses somebody, or gets another name. */
function createChanging(tools: Tools): Pick<GroupService, 'leave' | 'rename'> {
  const { feed, now, acts, steps } = tools
  return {
    leave: (userId, { conversationId: id }) =>
      actIn(tools, { userId, id }, async (act, group) => {
        const { trx } = act
        if (!isIn(group, userId)) return []
        const { message, news } = await steps.say(act, { tip: 'left', userIds: [userId], text: '' })
        await retire(trx, { id, userId, leftSeq: message.seq })
        // A group always has an owner: who has been in it longest.
        const heir = presentIn(group).find((other) => other.id !== userId)?.id
        if (roleIn(group, userId) === 'owner' && heir !== undefined) {
          await setRole(trx, { id, userId: heir, role: 'owner' })
        }
        const after = await groupOf(trx, id)
        const members = after.members.filter((one) => one.id === userId || one.id === heir)
        const told = await steps.tell(act, group, { members })
        const hidden = await feed.record(trx, await putAway(trx, { id, userId, at: now() }))
        return [...news, ...told, ...hidden]
      }),

    async rename(userId, { conversationId: id, name }) {
      await acts.take(userId)
      return actIn(tools, { userId, id }, async (act, group) => {
        requirePresent(group, userId)
        if (roleIn(group, userId) !== 'owner') throw new AppError('request/forbidden')
        if (group.name === name) return []
        await setName(act.trx, id, name)
        const told = await steps.tell(act, group, { name })
        const said = await steps.say(act, { tip: 'renamed', userIds: [], text: name })
        return [...told, ...said.news]
      })
    },
  }
}

function requirePresent(group: GroupView, userId: UserId): void {
  if (!isIn(group, userId)) throw new AppError('request/not-found')
}

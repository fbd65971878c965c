import { setImmediate as nextTurn } from 'node:timers/promises'
import { uuidv7 } from 'uuidv7'
import type { ConversationId, UserId } from '#shared/ids.ts'
import { presentIn } from '#shared/rules/groupMembers.ts'
import type { GroupChange, SystemBody, GroupView } from '#shared/protocol/groups.ts'
import type { FeedEntry } from '#shared/protocol/feed.ts'
import type { Database } from '#server/platform/database/database.ts'
import { findAudience } from '../conversations/memberRepository.ts'
import type { Feed, FeedDelivery, FeedDraft } from '#server/feed/index.ts'
import type { Appended, Writer } from '../writing/writer.ts'
import { findGroups, join } from '../conversations/groupRepository.ts'

/** Who does something in which group, in which transaction. */
export interface Act {
  trx: Database
  id: ConversationId
  userId: UserId
}

/** What every act in a group is made of. */
export interface GroupSteps {
  /** Say in the group what has happened, to everybody who is in it. */
  say(act: Act, tip: Omit<SystemBody, 'kind'>): Promise<Appended>
  /** Let people in: they learn of the group, the others of them; then it is said. */
  welcome(
    act: Act,
    userIds: readonly UserId[],
    tip: 'created' | 'added',
  ): Promise<readonly FeedDelivery[]>
  /** Tell everybody who was in it before. */
  tell(act: Act, before: GroupView, change: GroupChange): Promise<readonly FeedDelivery[]>
  /** Tell everybody who was in it before what has become of some of its members. */
  tellOf(act: Act, before: GroupView, userIds: readonly UserId[]): Promise<readonly FeedDelivery[]>
}

export interface GroupStepsOptions {
  feed: Feed
  writer: Writer
  now: () => number
}

export function createGroupSteps({ feed, writer, now }: GroupStepsOptions): GroupSteps {
  const say: GroupSteps['say'] = async ({ trx, id: conversationId, userId: senderId }, tip) => {
    const body = { kind: 'tip' as const, ...tip }
    const written = { id: uuidv7(), conversationId, senderId, body, createdAt: now(), rev: 0 }
    return writer.write(trx, written, await findAudience(trx, conversationId))
  }

  const tell: GroupSteps['tell'] = ({ trx, id: conversationId }, before, change) => {
    const entry: FeedEntry = { kind: 'groupChanged', conversationId, change }
    const drafts = presentIn(before).map(({ id }): FeedDraft => ({ userId: id, entry }))
    return feed.record(trx, drafts)
  }

  return {
    say,
    tell,

    async welcome(act, userIds, tip) {
      const { trx, id: conversationId, userId } = act
      const joining = { id: conversationId, userIds, role: 'member' as const, at: now() }
      const clearedSeq = await join(trx, joining)
      // With five hundred people each of these steps fills a turn of the event loop.
      await nextTurn()
      const group = await groupOf(trx, conversationId)
      await nextTurn()
      const fresh = new Set(tip === 'created' ? [...userIds, userId] : userIds)
      const members = group.members.filter((member) => fresh.has(member.id))
      const whole: FeedEntry = { kind: 'group', conversationId, group, clearedSeq }
      const changed: FeedEntry = { kind: 'groupChanged', conversationId, change: { members } }
      const drafts = presentIn(group).map(({ id }): FeedDraft => ({
        userId: id,
        entry: fresh.has(id) ? whole : changed,
      }))
      const deliveries = await feed.record(trx, drafts)
      return [
        ...deliveries,
        ...(await say(act, { tip, userIds: [...userIds], text: '' })).deliveries,
      ]
    },

    async tellOf(act, before, userIds) {
      const { members } = await groupOf(act.trx, act.id)
      return tell(act, before, { members: members.filter(({ id }) => userIds.includes(id)) })
    },
  }
}

export async function groupOf(trx: Database, id: ConversationId): Promise<GroupView> {
  const group = (await findGroups(trx, [id])).get(id)
  if (group === undefined) throw new Error('A group that is being changed is not there')
  return group
}

import { AppError } from '#shared/errors.ts'
import type { ConversationId, UserId } from '#shared/ids.ts'
import { isIn, isManagerOf, roleIn } from '#shared/rules/groupMembers.ts'
import type { GroupView } from '#shared/protocol/groups.ts'
import { inTransaction, type Database } from '#server/platform/database/database.ts'
import type { Limiter } from '#server/platform/limits/limiter.ts'
import { lockConversations } from '../conversations/conversationRepository.ts'
import type { FeedDelivery } from '#server/feed/index.ts'
import { findGroups } from '../conversations/groupRepository.ts'
import type { Act, GroupSteps, GroupStepsOptions } from './groupSteps.ts'

/** What the acts of users in groups are made with. */
export interface GroupTools extends GroupStepsOptions {
  db: Database
  /** Groups and what is done with them, of a user. */
  acts: Limiter
  /** Of these people those who are contacts of a user's. */
  contactsAmong: (db: Database, userId: UserId, others: readonly UserId[]) => Promise<UserId[]>
  steps: GroupSteps
}

/** Changes a group in a transaction. @returns what is to be announced when that has committed */
export type Apply = (act: Act, group: GroupView) => Promise<readonly FeedDelivery[]>

/**
 * Do something in a group that one is or was in.
 * @throws AppError `request/not-found`, alike for others and for none [CH4]
 */
export async function actIn(
  { db, feed }: GroupTools,
  { userId, id }: { userId: UserId; id: ConversationId },
  apply: Apply,
): Promise<object> {
  const deliveries = await inTransaction(db, async (trx) => {
    await lockConversations(trx, [id])
    const group = (await findGroups(trx, [id])).get(id)
    if (group === undefined || roleIn(group, userId) === undefined) {
      throw new AppError('request/not-found')
    }
    return apply({ trx, id, userId }, group)
  })
  feed.announce(deliveries)
  return {}
}

/** @throws AppError `request/not-found` for who is not in it now */
export function requirePresent(group: GroupView, userId: UserId): void {
  if (!isIn(group, userId)) throw new AppError('request/not-found')
}

/** @throws AppError `request/not-found`, `request/forbidden` for who is a member and no more */
export function requireManager(group: GroupView, userId: UserId): void {
  requirePresent(group, userId)
  if (!isManagerOf(group, userId)) throw new AppError('request/forbidden')
}

/** @throws AppError `request/not-found`, `request/forbidden` for who is not its owner */
export function requireOwner(group: GroupView, userId: UserId): void {
  requirePresent(group, userId)
  if (roleIn(group, userId) !== 'owner') throw new AppError('request/forbidden')
}

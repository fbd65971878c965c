import { AppError } from '#shared/errors.ts'
import type { UserId } from '#shared/ids.ts'
import type { Database } from '#server/platform/database/database.ts'
import type { Audience } from './memberRepository.ts'

/** Why somebody can say nothing to another person; null: they can. */
export type RefusalOf = (
  db: Database,
  fromId: UserId,
  toId: UserId,
) => Promise<'request/forbidden' | 'request/blocked' | null>

/**
 * What somebody says between two must reach the other one: not where one of them has blocked the
 * other [S17]. A group is for all that are in it.
 * @throws AppError `request/blocked` (by the other one), `request/forbidden` (by oneself)
 */
export type RequireReach = (trx: Database, senderId: UserId, audience: Audience) => Promise<void>

export const createReach =
  (refusalOf: RefusalOf): RequireReach =>
  async (trx, senderId, { isGroup, members }) => {
    const other = members.find(({ id }) => id !== senderId)
    if (isGroup || other === undefined) return
    const refusal = await refusalOf(trx, senderId, other.id)
    if (refusal !== null) throw new AppError(refusal)
  }

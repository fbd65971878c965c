import type { UserId } from '#shared/ids.ts'
import type { RequestBody } from '#shared/protocol/envelope.ts'

/**
 * What users do with groups. Said again it is the same, and nobody hears of it twice.
 * @throws AppError `request/not-found` (no member [CH4]), `request/forbidden`, `request/conflict`
 *   (too many members, somebody else's id, the owner's own role), `request/rate-limited`
 */
export interface GroupService {
  create(userId: UserId, body: RequestBody<'group.create'>): Promise<object>
  add(userId: UserId, body: RequestBody<'group.add'>): Promise<object>
  leave(userId: UserId, body: RequestBody<'group.leave'>): Promise<object>
  remove(userId: UserId, body: RequestBody<'group.remove'>): Promise<object>
  dissolve(userId: UserId, body: RequestBody<'group.dissolve'>): Promise<object>
  rename(userId: UserId, body: RequestBody<'group.rename'>): Promise<object>
  announce(userId: UserId, body: RequestBody<'group.announce'>): Promise<object>
  alias(userId: UserId, body: RequestBody<'group.alias'>): Promise<object>
  role(userId: UserId, body: RequestBody<'group.role'>): Promise<object>
}

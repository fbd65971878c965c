import { AppError } from '#shared/errors.ts'
import type { ConversationId, UserId } from '#shared/ids.ts'
import type { ConversationSettings } from '#shared/protocol/chat.ts'
import type { RequestBody, RequestReply } from '#shared/protocol/envelope.ts'
import { inTransaction, type Database } from '#server/platform/database/database.ts'
import { lockConversations } from './conversationRepository.ts'
import type { Feed, FeedDraft } from '#server/feed/index.ts'
import { readUpTo } from './positions.ts'
import { findSettings, reveal, updateSettings } from './settingsRepository.ts'

export interface SettingsOptions {
  db: Database
  feed: Feed
  now: () => number
}

/**
 * Have a conversation in another way. Said again it is the same, and no device hears of it twice.
 * @throws AppError `request/not-found`, alike for somebody else's conversation and for none [CH4]
 */
export const createSettings =
  ({ db, feed, now }: SettingsOptions) =>
  async (
    userId: UserId,
    { conversationId: id, ...wanted }: RequestBody<'chat.settings'>,
  ): Promise<RequestReply<'chat.settings'>> => {
    const [settings, deliveries] = await inTransaction(db, async (trx) => {
      await lockConversations(trx, [id])
      const before = await findSettings(trx, id, userId)
      if (before === null) throw new AppError('request/not-found')
      await updateSettings(trx, { id, userId, wanted, at: now() })
      // What was deleted has been read.
      const { clearedSeq: seq = 0 } = wanted
      const read = await readUpTo(trx, { id, userId, seq })
      const after = (await findSettings(trx, id, userId)) ?? before
      const drafts = [...draftsOf({ id, userId, before, after }), ...(read?.drafts ?? [])]
      return [after, await feed.record(trx, drafts)] as const
    })
    feed.announce(deliveries)
    return { settings }
  }

/** Something new was said: who had put the conversation away sees it again. */
export async function revealed(trx: Database, id: ConversationId): Promise<readonly FeedDraft[]> {
  const drafts: FeedDraft[] = []
  for (const userId of await reveal(trx, id)) {
    const settings = await findSettings(trx, id, userId)
    if (settings !== null) drafts.push(draftOf(id, userId, settings))
  }
  return drafts
}

/** Somebody has the conversation in their list no more. */
export async function putAway(
  trx: Database,
  { id, userId, at }: { id: ConversationId; userId: UserId; at: number },
): Promise<readonly FeedDraft[]> {
  const before = await findSettings(trx, id, userId)
  if (before === null) return []
  await updateSettings(trx, { id, userId, wanted: { isHidden: true }, at })
  return draftsOf({ id, userId, before, after: { ...before, isHidden: true } })
}

interface Changed {
  id: ConversationId
  userId: UserId
  before: ConversationSettings
  after: ConversationSettings
}

const draftsOf = ({ id, userId, before, after }: Changed): FeedDraft[] =>
  JSON.stringify(before) === JSON.stringify(after) ? [] : [draftOf(id, userId, after)]

const draftOf = (
  id: ConversationId,
  userId: UserId,
  settings: ConversationSettings,
): FeedDraft => ({
  userId,
  entry: { kind: 'settings', conversationId: id, settings },
})

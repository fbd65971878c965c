import type { ConversationId, UserId } from '#shared/ids.ts'
import type { ConversationSettings } from '#shared/protocol/chat.ts'
import type { Database } from '#server/platform/database/database.ts'
import { prepared } from '#server/platform/database/prepared.ts'

/** The columns of a member that say how they have the conversation. */
export const SETTINGS_COLUMNS = [
  'muted',
  'pinned_at',
  'hidden',
  'marked_unread',
  'cleared_seq',
] as const

interface SettingsRow {
  muted: number
  pinned_at: number | null
  hidden: number
  marked_unread: number
  cleared_seq: number
}

export const toSettings = (row: SettingsRow): ConversationSettings => ({
  isMuted: row.muted === 1,
  isPinned: row.pinned_at !== null,
  isHidden: row.hidden === 1,
  isMarkedUnread: row.marked_unread === 1,
  clearedSeq: row.cleared_seq,
})

/** Null for who is no member. */
export async function findSettings(
  db: Database,
  id: ConversationId,
  userId: UserId,
): Promise<ConversationSettings | null> {
  const row = await db
    .selectFrom('members')
    .select(SETTINGS_COLUMNS)
    .where('conversation_id', '=', id)
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return row === undefined ? null : toSettings(row)
}

export interface SettingsUpdate {
  id: ConversationId
  userId: UserId
  wanted: { [K in keyof ConversationSettings]?: ConversationSettings[K] | undefined }
  /** ms UTC */
  at: number
}

/** Change what is asked for; what is cleared stays cleared. */
export async function updateSettings(trx: Database, update: SettingsUpdate): Promise<void> {
  const { id, userId, wanted, at } = update
  const { isMuted, isPinned, isHidden, isMarkedUnread, clearedSeq } = wanted
  const changes = {
    ...(isMuted === undefined ? {} : { muted: toFlag(isMuted) }),
    ...(isPinned === undefined ? {} : { pinned_at: isPinned ? at : null }),
    ...(isHidden === undefined ? {} : { hidden: toFlag(isHidden) }),
    ...(isMarkedUnread === undefined ? {} : { marked_unread: toFlag(isMarkedUnread) }),
  }
  const ofThem = trx
    .updateTable('members')
    .where('conversation_id', '=', id)
    .where('user_id', '=', userId)
  if (Object.keys(changes).length > 0) await ofThem.set(changes).execute()
  if (clearedSeq === undefined) return
  const { last_seq: last } = await trx
    .selectFrom('conversations')
    .select('last_seq')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const upTo = Math.min(clearedSeq, last)
  await ofThem.set({ cleared_seq: upTo }).where('cleared_seq', '<', upTo).execute()
}

const revealed = prepared((trx, { id }: { id: ConversationId }) =>
  trx
    .updateTable('members')
    .set({ hidden: 0 })
    .where('conversation_id', '=', id)
    .where('hidden', '=', 1)
    .where('role', '!=', 'gone')
    .returning('user_id'),
)

/** Nobody hides this conversation any more. @returns who did */
export async function reveal(trx: Database, id: ConversationId): Promise<UserId[]> {
  const rows = await revealed(trx, { id })
  return rows.map(({ user_id: userId }) => userId)
}

const toFlag = (isOn: boolean): 0 | 1 => (isOn ? 1 : 0)

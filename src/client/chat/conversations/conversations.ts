import type { ConversationSettings, ConversationView } from '#shared/protocol/chat.ts'

const timeOf = ({ lastMessage }: ConversationView): number => lastMessage?.createdAt ?? 0

const pinOf = ({ settings }: ConversationView): number => Number(settings.isPinned)

/** Those to be seen: the pinned ones above, the newest first. */
export function sorted(conversations: Iterable<ConversationView>): readonly ConversationView[] {
  return [...conversations]
    .filter(({ lastMessage, settings }) => lastMessage !== null && !settings.isHidden)
    .sort((a, b) => pinOf(b) - pinOf(a) || timeOf(b) - timeOf(a) || a.id.localeCompare(b.id))
}

/** What asks for attention, in all; one that is marked counts as one. */
export const unreadOf = (conversations: readonly ConversationView[]): number =>
  conversations
    .filter(({ settings }) => !settings.isMuted)
    .reduce((sum, one) => sum + Math.max(one.unread, Number(one.settings.isMarkedUnread)), 0)

/** Had in another way; what is deleted is not the last word. */
export function withSettings(
  known: ConversationView,
  settings: ConversationSettings,
): ConversationView {
  const isCleared = (known.lastMessage?.seq ?? 0) <= settings.clearedSeq
  return { ...known, settings, lastMessage: isCleared ? null : known.lastMessage }
}

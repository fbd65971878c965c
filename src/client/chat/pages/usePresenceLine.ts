import { computed, type ComputedRef } from 'vue'
import { useText, useTimeText } from '#client/i18n/index.ts'
import { usePresenceStore } from '#client/presence/index.ts'

/** What stands under the name of the other one: that they write, are here, or were last; else nothing. */
export function usePresenceLine(
  conversationId: string,
  peerId: () => string | undefined,
): ComputedRef<string> {
  const presence = usePresenceStore()
  const { t } = useText()
  const timeText = useTimeText()
  return computed(() => {
    if (presence.typing.has(conversationId)) return t('chat.presence.typing')
    const view = presence.people.get(peerId() ?? '')
    if (view === undefined) return ''
    if (view.isOnline) return t('chat.presence.online')
    return view.lastSeenAt === null
      ? ''
      : t('chat.presence.lastSeen', { time: timeText(view.lastSeenAt, 'full') })
  })
}

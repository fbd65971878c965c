import { computed, onScopeDispose, watch } from 'vue'
import { useConversationsStore } from '#client/chat/index.ts'
import { useText } from '#client/i18n/index.ts'
import { injectAdapter, PAGE } from '#client/platform/keys.ts'

/** What waits unread stands in the title of the tab, too: `(3) Ahoy`. */
export function useUnreadTitle(): void {
  const page = injectAdapter(PAGE)
  const conversations = useConversationsStore()
  const { t } = useText()

  const title = computed(() => {
    const { unread } = conversations
    if (unread === 0) return t('app.name')
    return `(${unread > 99 ? '99+' : String(unread)}) ${t('app.name')}`
  })
  watch(
    title,
    (next) => {
      page.setTitle(next)
    },
    // What is read as soon as it comes is not counted first.
    { immediate: true, flush: 'post' },
  )
  // Signed out, the count is nobody's business.
  onScopeDispose(() => {
    page.setTitle(t('app.name'))
  })
}

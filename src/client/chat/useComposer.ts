import { useTextareaAutosize } from '@vueuse/core'
import { computed, type ComputedRef, type Ref } from 'vue'
import { cleaned, composedOf, type Composed } from './composing.ts'
import { useDraftsStore } from './draftsStore.ts'
import { useOutboxStore } from './outboxStore.ts'

export interface UseComposerReturn {
  readonly text: Ref<string>
  readonly composed: ComputedRef<Composed>
  readonly send: () => void
  readonly handleKeydown: (event: KeyboardEvent) => void
  readonly handleCompositionEnd: () => void
  readonly handleKeyup: () => void
}

/** Writing in a conversation: the draft is kept, Enter sends, the field grows with the text. */
export function useComposer(
  conversationId: string,
  field: Readonly<Ref<HTMLTextAreaElement | null>>,
): UseComposerReturn {
  const drafts = useDraftsStore()
  const outbox = useOutboxStore()
  const text = computed({
    get: () => drafts.drafts.get(conversationId) ?? '',
    set: (next) => {
      drafts.keep(conversationId, next)
    },
  })
  const composed = computed(() => composedOf(text.value))
  useTextareaAutosize({ element: field, input: text })
  // Safari ends a composition before it tells of the key that ended it.
  let hasJustComposed = false

  function send(): void {
    if (!composed.value.isSendable) return
    outbox.send(conversationId, cleaned(text.value.trim()))
    text.value = ''
  }

  return {
    text,
    composed,
    send,
    handleKeydown(event) {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing || hasJustComposed) return
      event.preventDefault()
      send()
    },
    handleCompositionEnd() {
      hasJustComposed = true
    },
    handleKeyup() {
      hasJustComposed = false
    },
  }
}

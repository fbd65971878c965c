import { useFocus, useTextareaAutosize, useWindowFocus } from '@vueuse/core'
import { computed, nextTick, onScopeDispose, watch, type ComputedRef, type Ref } from 'vue'
import type { Mention } from '#shared/protocol/chat.ts'
import { usePresenceStore } from '#client/presence/index.ts'
import { cleaned, composedOf, type Composed } from './composing.ts'
import type { Purpose } from '../drafts/draft.ts'
import { useDraftsStore } from '../drafts/draftsStore.ts'
import { useOutboxStore } from '../outbox/outboxStore.ts'

export interface UseComposerOptions {
  conversationId: string
  field: Readonly<Ref<HTMLTextAreaElement | null>>
  /** Whom a text mentions. */
  mentionsIn: (text: string) => Mention[]
}

export interface UseComposerReturn {
  readonly text: Ref<string>
  readonly composed: ComputedRef<Composed>
  /** What the text is for; null: the next message. */
  readonly purpose: ComputedRef<Purpose | null>
  readonly send: () => void
  /** Back to the next message; its draft is still there. */
  readonly leavePurpose: () => void
  readonly handleKeydown: (event: KeyboardEvent) => void
}

/** Writing in a conversation: the draft is kept, Enter sends, the field grows with the text. */
export function useComposer(options: UseComposerOptions): UseComposerReturn {
  const { conversationId, field } = options
  const drafts = useDraftsStore()
  const purpose = computed(() => drafts.draftOf(conversationId).purpose)
  const text = useText(conversationId)
  const composed = computed(() => composedOf(text.value))
  const send = useSending(options, { purpose, text, composed })
  useTextareaAutosize({ element: field, input: text })
  useHolding(options)

  function leavePurpose(): void {
    drafts.leavePurpose(conversationId)
    field.value?.focus()
  }

  watch(
    () => drafts.turned,
    async (turned) => {
      await nextTick()
      if (turned?.conversationId === conversationId) field.value?.focus()
    },
  )

  return {
    text,
    composed,
    purpose,
    send,
    leavePurpose,
    ...useKeys({ purpose, send, leavePurpose }),
  }
}

/** What stands in the field: the draft, or the message that is being changed. */
function useText(conversationId: string): Ref<string> {
  const drafts = useDraftsStore()
  const presence = usePresenceStore()
  return computed({
    get() {
      const { text, purpose } = drafts.draftOf(conversationId)
      return purpose?.kind === 'edit' ? purpose.text : text
    },
    set(next) {
      const { text, purpose } = drafts.draftOf(conversationId)
      const isMore = purpose?.kind !== 'edit' && next.length > text.length
      if (isMore) presence.sayTyping(conversationId)
      drafts.write(conversationId, next)
    },
  })
}

/** While somebody is at the field, what another tab writes does not take its place. */
function useHolding({ conversationId, field }: UseComposerOptions): void {
  const drafts = useDraftsStore()
  const { focused } = useFocus(field)
  const isWindowFocused = useWindowFocus()
  watch([focused, isWindowFocused], ([isFocused, isInFront]) => {
    drafts.hold(conversationId, isFocused && isInFront)
  })
  onScopeDispose(() => {
    drafts.hold(conversationId, false)
  })
}

type Written = Pick<UseComposerReturn, 'text' | 'composed' | 'purpose'>

function useSending(
  { conversationId, mentionsIn }: UseComposerOptions,
  { purpose, text, composed }: Written,
): () => void {
  const outbox = useOutboxStore()
  const drafts = useDraftsStore()
  return () => {
    if (!composed.value.isSendable) return
    const written = cleaned(text.value)
    const { value: wanted } = purpose
    if (wanted?.kind === 'edit') {
      outbox.edit(conversationId, wanted.id, written)
      drafts.leavePurpose(conversationId)
    } else {
      const mentions = mentionsIn(written)
      outbox.send(conversationId, { text: written, quote: wanted?.to ?? null, mentions })
      drafts.discard(conversationId)
    }
  }
}

type Keys = Pick<UseComposerReturn, 'purpose' | 'send' | 'leavePurpose'>

function useKeys({ purpose, send, leavePurpose }: Keys) {
  return {
    handleKeydown(event: KeyboardEvent) {
      if (event.key === 'Escape' && purpose.value !== null) {
        event.preventDefault()
        leavePurpose()
      }
      if (event.key !== 'Enter' || event.shiftKey) return
      event.preventDefault()
      send()
    },
  }
}

import { useTextareaAutosize } from '@vueuse/core'
import { computed, nextTick, watch, type ComputedRef, type Ref } from 'vue'
import type { Mention } from '#shared/protocol/chat.ts'
import { usePresenceStore } from '#client/presence/index.ts'
import { cleaned, composedOf, type Composed } from './composing.ts'
import { useComposingStore, type Purpose } from './composingStore.ts'
import { useDraftsStore } from './draftsStore.ts'
import { useOutboxStore } from './outboxStore.ts'

export interface UseComposerOptions {
  conversationId: string
  field: Readonly<Ref<HTMLTextAreaElement | null>>
  /** Whom a text calls on. */
  mentionsIn: (text: string) => Mention[]
  /** The text of a message was changed. */
  edit: (id: string, text: string) => void
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
  const composing = useComposingStore()
  const purpose = computed(() => composing.purposes.get(conversationId) ?? null)
  const text = useText(conversationId, purpose)
  const composed = computed(() => composedOf(text.value))
  const send = useSending(options, { purpose, text, composed })
  useTextareaAutosize({ element: field, input: text })

  function leavePurpose(): void {
    composing.turnTo(conversationId, null)
    field.value?.focus()
  }

  watch(
    () => (purpose.value?.kind === 'reply' ? purpose.value.to.id : purpose.value?.id),
    async (id) => {
      await nextTick()
      if (id !== undefined) field.value?.focus()
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
function useText(conversationId: string, purpose: ComputedRef<Purpose | null>): Ref<string> {
  const drafts = useDraftsStore()
  const composing = useComposingStore()
  const presence = usePresenceStore()
  return computed({
    get: () =>
      purpose.value?.kind === 'edit'
        ? purpose.value.text
        : (drafts.drafts.get(conversationId) ?? ''),
    set: (next) => {
      if (purpose.value?.kind === 'edit') {
        composing.turnTo(conversationId, { ...purpose.value, text: next })
      } else {
        if (next.length > (drafts.drafts.get(conversationId) ?? '').length) {
          presence.sayTyping(conversationId)
        }
        drafts.keep(conversationId, next)
      }
    },
  })
}

type Written = Pick<UseComposerReturn, 'text' | 'composed' | 'purpose'>

function useSending(
  { conversationId, mentionsIn, edit }: UseComposerOptions,
  { purpose, text, composed }: Written,
): () => void {
  const outbox = useOutboxStore()
  const composing = useComposingStore()
  return () => {
    if (!composed.value.isSendable) return
    const written = cleaned(text.value.trim())
    const { value: wanted } = purpose
    if (wanted?.kind === 'edit') edit(wanted.id, written)
    else {
      const mentions = mentionsIn(written)
      outbox.send(conversationId, { text: written, quote: wanted?.to ?? null, mentions })
      text.value = ''
    }
    composing.turnTo(conversationId, null)
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

import * as v from 'valibot'
import { computed, onScopeDispose, ref, shallowReactive, type ComputedRef, type Ref } from 'vue'
import { AppError } from '#shared/errors.ts'
import { ConversationId } from '#shared/ids.ts'
import type { MessageView } from '#shared/protocol/chat.ts'
import { useFeedStore } from '#client/feed/index.ts'
import { injectAdapter, SOCKET } from '#client/platform/keys.ts'
import { useHistoriesStore } from '../history/historiesStore.ts'
import { newer } from '../conversations/newer.ts'
import { useFailure } from '../outbox/useFailure.ts'

/** What is to be forwarded: not its text, which may change, or be somebody else's by then. */
export const ForwardState = v.object({
  conversationId: ConversationId,
  seqs: v.array(v.number()),
})
export type ForwardState = v.InferOutput<typeof ForwardState>

export interface Forwarded {
  /** What the messages say now, in their order; what was taken back meanwhile is left out. */
  readonly texts: ComputedRef<readonly string[]>
  /** How many were taken back or deleted. */
  readonly goneCount: ComputedRef<number>
  /** False until all of them were found, or found to be gone. */
  readonly isKnown: Readonly<Ref<boolean>>
  /** Why they could not be fetched; null: no failure. */
  readonly failure: Readonly<Ref<AppError | null>>
  /** Fetch them again. */
  readonly look: () => Promise<void>
}

/** The messages that are to be forwarded, as they are now [CH8]. @param state of the page's history */
export function useForwarded(state: unknown): Forwarded {
  const histories = useHistoriesStore()
  const parsed = v.safeParse(ForwardState, state)
  const { conversationId, seqs } = parsed.success ? parsed.output : { conversationId: '', seqs: [] }
  const found = shallowReactive(new Map<number, MessageView>())
  const isKnown = ref(false)
  const { failure, attempt } = useFailure()

  const take = (message: MessageView | undefined): void => {
    if (message !== undefined) found.set(message.seq, newer(found.get(message.seq), message))
  }

  onScopeDispose(
    useFeedStore().onItems((items) => {
      for (const { entry } of items) {
        const isOurs = entry.kind === 'changed' && entry.message.conversationId === conversationId
        if (isOurs && seqs.includes(entry.message.seq)) take(entry.message)
      }
    }),
  )

  async function findAll(): Promise<void> {
    try {
      for (const seq of seqs) if (!found.has(seq)) take(await histories.find(conversationId, seq))
    } catch (error) {
      // The conversation is not this user's: they can forward nothing of it.
      if (!(error instanceof AppError) || error.code !== 'request/not-found') throw error
    }
    isKnown.value = true
  }
  const look = (): Promise<void> => attempt(findAll())
  void look()
  onScopeDispose(
    injectAdapter(SOCKET).onStatus((status) => {
      if (status === 'online' && !isKnown.value) void look()
    }),
  )

  const texts = computed(() =>
    seqs.flatMap((seq) => {
      const body = found.get(seq)?.body
      return body?.kind === 'text' ? body.text : []
    }),
  )
  const goneCount = computed(() => seqs.length - texts.value.length)
  return { texts, isKnown, goneCount, failure, look }
}

import * as v from 'valibot'
import { computed, onScopeDispose, ref, shallowReactive, type ComputedRef, type Ref } from 'vue'
import { AppError } from '#shared/errors.ts'
import { ConversationId } from '#shared/ids.ts'
import type { MessageView } from '#shared/protocol/chat.ts'
import { useFeedStore } from '#client/feed/index.ts'
import { useHistoriesStore } from './historiesStore.ts'
import { newer } from './history.ts'

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
  /** False until all of them were looked for. */
  readonly isKnown: Readonly<Ref<boolean>>
}

/** The messages that are to be forwarded, as they are now [CH8]. @param state of the page's history */
export function useForwarded(state: unknown): Forwarded {
  const histories = useHistoriesStore()
  const parsed = v.safeParse(ForwardState, state)
  const { conversationId, seqs } = parsed.success ? parsed.output : { conversationId: '', seqs: [] }
  const found = shallowReactive(new Map<number, MessageView>())
  const isKnown = ref(false)

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
      for (const seq of seqs) take(await histories.find(conversationId, seq))
    } catch (error) {
      // What can't be had is not forwarded.
      if (!(error instanceof AppError)) throw error
    }
    isKnown.value = true
  }
  void findAll()

  const texts = computed(() =>
    seqs.flatMap((seq) => {
      const body = found.get(seq)?.body
      return body?.kind === 'text' ? body.text : []
    }),
  )
  return { texts, isKnown, goneCount: computed(() => seqs.length - texts.value.length) }
}

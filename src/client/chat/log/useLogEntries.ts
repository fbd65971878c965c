import { computed, type ComputedRef } from 'vue'
import { NOTHING_KNOWN, type History } from '../history/history.ts'
import { shownOf, type ShownMessage } from '../timeline/shown.ts'
import { timelineOf, type TimelineEntry } from '../timeline/timeline.ts'
import type { OpenConversation } from './openConversation.ts'

export interface LogEntries {
  readonly history: ComputedRef<History>
  /** The messages, and those waiting to be sent. */
  readonly shown: ComputedRef<readonly ShownMessage[]>
  /** The same, with what is drawn between them. */
  readonly entries: ComputedRef<TimelineEntry[]>
}

/** The entries of a log, oldest first. */
export function useLogEntries(conversation: OpenConversation, me: () => string): LogEntries {
  const { waiting, receipt, newAfter } = conversation
  const history = computed(() => conversation.history.value ?? NOTHING_KNOWN)
  const shown = computed(() =>
    // What is waiting comes after the newest.
    shownOf({
      messages: history.value.messages,
      waiting: history.value.hasLater ? [] : waiting.value,
      receipt: receipt.value,
      me: me(),
    }),
  )
  const entries = computed(() => timelineOf(shown.value, { me: me(), newAfter: newAfter.value }))
  return { history, shown, entries }
}

import type { VirtualizerHandle } from 'virtua/vue'
import type { Ref } from 'vue'
import type { OpenConversation } from './openConversation.ts'
import { useInSight } from './useInSight.ts'
import type { LogEntries } from './useLogEntries.ts'
import { useLogScroll, type LogScroll } from './useLogScroll.ts'
import { useMentions, type UseMentionsReturn } from './useMentions.ts'

export interface LogReadingOptions {
  readonly log: Readonly<Ref<HTMLElement | null>>
  readonly list: Readonly<Ref<VirtualizerHandle | null>>
  readonly conversation: OpenConversation
  readonly drawn: LogEntries
}

export interface LogReading extends LogScroll {
  /** Everything up to this seq is in sight or above. */
  readonly inSight: Readonly<Ref<number>>
  /** The seq of the first message that mentions me and has not been seen; null: there is none. */
  readonly nextMention: UseMentionsReturn['next']
  readonly toMention: (seq: number) => void
}

/** Where somebody is in a log: how it scrolls, what is in sight, and which mentions are still unseen. */
export function useLogReading(options: LogReadingOptions): LogReading {
  const { log, list, conversation, drawn } = options
  const { history, shown, entries } = drawn
  const lastSeq = (): number | null => history.value.messages.at(-1)?.seq ?? null

  const scroll = useLogScroll({
    log,
    list,
    ends: () => ({
      count: entries.value.length,
      newest: Math.max(conversation.newest.value, lastSeq() ?? 0),
      own: conversation.waiting.value.at(-1)?.id ?? '',
    }),
    indexOf: (seq) => shown.value.findIndex((message) => message.seq === seq),
    loadOlder: () => (history.value.hasMore ? conversation.loadOlder : null),
    loadLater: () => (history.value.hasLater ? conversation.loadLater : null),
    loadAround: conversation.loadAround,
    returnToNewest: conversation.returnToNewest,
  })
  const { inSight, look } = useInSight({
    list,
    seqs: () => shown.value.map(({ seq }) => seq),
    last: () => (history.value.hasLater ? null : lastSeq()),
  })
  const { next, pass } = useMentions(log, () => conversation.mentions.value)

  return {
    ...scroll,
    inSight,
    handleScroll() {
      scroll.handleScroll()
      look()
    },
    handleResize() {
      scroll.handleResize()
      look()
    },
    nextMention: next,
    toMention(seq) {
      pass(seq)
      void scroll.jumpTo(seq)
    },
  }
}

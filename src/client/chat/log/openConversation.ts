import type { Ref } from 'vue'
import type { OutboxItem } from '../outbox/outbox.ts'
import type { Receipt } from '../timeline/shown.ts'
import type { ShownHistory } from '../timeline/useShownHistory.ts'

type Pages = 'history' | 'loadOlder' | 'loadLater' | 'loadAround' | 'returnToNewest'

/** What a log shows of a conversation, and how it gets more of it. */
export interface OpenConversation extends Pick<ShownHistory, Pages> {
  /** Written here, and not yet known to be on the server. */
  readonly waiting: Readonly<Ref<readonly OutboxItem[]>>
  /** How much of it the other side has received and read. */
  readonly receipt: Readonly<Ref<Receipt>>
  /** The seq of its newest message, shown or not. */
  readonly newest: Readonly<Ref<number>>
  /** The last seq that had been read when it was opened; null: nothing was new. */
  readonly newAfter: Readonly<Ref<number | null>>
  /** The seqs of the messages that mention me and were unread at some time since it was opened, in order. */
  readonly mentions: Readonly<Ref<readonly number[]>>
}

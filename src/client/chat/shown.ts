import type { ErrorCode } from '#shared/errors.ts'
import type { MessageBody, MessageView, Quote, Reaction } from '#shared/protocol/chat.ts'
import type { OutboxItem } from './outbox.ts'

/** How far a message of one's own has come [CH6]. */
export type MessageState = 'sending' | 'failed' | 'sent' | 'delivered' | 'read'

/** How far the other one has got and read a conversation. */
export interface Receipt {
  readonly peerReceivedSeq: number
  readonly peerReadSeq: number
}

/** A message on screen, whether the server has it or not. */
export interface ShownMessage {
  readonly id: string
  /** Null: one's own, and the server is not known to have it. */
  readonly seq: number | null
  readonly senderId: string
  readonly body: MessageBody
  /** ms UTC */
  readonly createdAt: number
  /** Null for those of others. */
  readonly state: MessageState | null
  /** Why it could not be sent; null unless `failed`. */
  readonly failure: ErrorCode | null
  readonly isEdited: boolean
  /** What it answers. */
  readonly quote: Quote | null
  readonly reactions: readonly Reaction[]
}

export interface ShownOptions {
  readonly messages: readonly MessageView[]
  readonly waiting: readonly OutboxItem[]
  readonly me: string
  readonly receipt: Receipt
}

/** All of a conversation, each message once: what the server has, then what waits here. */
export function shownOf({ messages, waiting, me, receipt }: ShownOptions): readonly ShownMessage[] {
  const known = new Set(messages.map(({ id }) => id))
  return [
    ...messages
      .filter(({ body }) => body.kind !== 'deleted')
      .map((message) => ofServer(message, me, receipt)),
    ...waiting.filter(({ id }) => !known.has(id)).map((item) => ofOutbox(item, me)),
  ]
}

/** How a message was shown last: what has not changed stays the same object, and is not drawn anew. */
const shownLast = new WeakMap<MessageView, ShownMessage>()

function ofServer(message: MessageView, me: string, receipt: Receipt): ShownMessage {
  const { id, seq, senderId, body, createdAt, editedAt, quote = null, reactions = [] } = message
  const state = senderId === me && body.kind === 'text' ? stateOf(seq, receipt) : null
  const before = shownLast.get(message)
  if (before?.state === state) return before
  const isEdited = editedAt !== undefined
  const said = { id, seq, senderId, body, createdAt, quote, reactions, isEdited }
  const shown: ShownMessage = { ...said, state, failure: null }
  shownLast.set(message, shown)
  return shown
}

function stateOf(seq: number, { peerReceivedSeq, peerReadSeq }: Receipt): MessageState {
  if (seq <= peerReadSeq) return 'read'
  return seq <= peerReceivedSeq ? 'delivered' : 'sent'
}

function ofOutbox(item: OutboxItem, me: string): ShownMessage {
  const { id, text, createdAt, failure, quote = null, mentions } = item
  const state = failure === null ? 'sending' : 'failed'
  const body = { kind: 'text' as const, text, ...(mentions === undefined ? {} : { mentions }) }
  const said = { id, seq: null, senderId: me, body, createdAt, quote, reactions: [] }
  return { ...said, isEdited: false, state, failure }
}

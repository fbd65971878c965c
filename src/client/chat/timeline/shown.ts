import type { ErrorCode } from '#shared/errors.ts'
import type { MessageBody, MessageView, Quote, Reaction } from '#shared/protocol/chat.ts'
import { isMessage, type OutboxItem } from '../outbox/outbox.ts'

/** How far a message of one's own has come [CH6]. */
export type MessageState = 'sending' | 'failed' | 'sent' | 'delivered' | 'read'

/** How far the other one has got and read a conversation. */
export interface Receipt {
  readonly peerReceivedSeq: number
  readonly peerReadSeq: number
}

/** The receipt of a conversation nothing is known about. */
export const NOTHING_RECEIVED: Receipt = { peerReceivedSeq: 0, peerReadSeq: 0 }

/** A message on screen, whether the server has it or not. */
export interface ShownMessage {
  readonly id: string
  /** Null: one's own, and the server is not known to have it. */
  readonly seq: number | null
  readonly senderId: string
  readonly body: MessageBody
  /** How often it has changed. */
  readonly rev: number
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
  const edits = new Map(waiting.map((item) => [item.edits, item]))
  return [
    ...messages
      .filter(({ body }) => body.kind !== 'deleted')
      .map((message) => withEdit(ofServer(message, me, receipt), edits.get(message.id))),
    ...waiting
      .filter((item) => isMessage(item) && !known.has(item.id))
      .map((item) => ofOutbox(item, me)),
  ]
}

/** How a message was shown last: what has not changed stays the same object, and is not drawn anew. */
const shownLast = new WeakMap<MessageView, ShownMessage>()

function ofServer(message: MessageView, me: string, receipt: Receipt): ShownMessage {
  const { id, seq, senderId, body, rev, createdAt, editedAt } = message
  const { quote = null, reactions = [] } = message
  const state = senderId === me && body.kind === 'text' ? stateOf(seq, receipt) : null
  const before = shownLast.get(message)
  if (before?.state === state) return before
  const isEdited = editedAt !== undefined
  const said = { id, seq, senderId, body, rev, createdAt, quote, reactions, isEdited }
  const shown: ShownMessage = { ...said, state, failure: null }
  shownLast.set(message, shown)
  return shown
}

/** With the text that it is to have, while that is on its way. */
function withEdit(shown: ShownMessage, edit: OutboxItem | undefined): ShownMessage {
  if (edit === undefined || shown.body.kind !== 'text') return shown
  const body = { ...shown.body, text: edit.text }
  return { ...shown, body, state: 'sending', isEdited: true }
}

function stateOf(seq: number, { peerReceivedSeq, peerReadSeq }: Receipt): MessageState {
  if (seq <= peerReadSeq) return 'read'
  return seq <= peerReceivedSeq ? 'delivered' : 'sent'
}

function ofOutbox(item: OutboxItem, me: string): ShownMessage {
  const { id, text, createdAt, failure, quote = null, mentions } = item
  const state = failure === null ? 'sending' : 'failed'
  const body = { kind: 'text' as const, text, ...(mentions === undefined ? {} : { mentions }) }
  const said = { id, seq: null, senderId: me, body, rev: 0, createdAt, quote, reactions: [] }
  return { ...said, isEdited: false, state, failure }
}

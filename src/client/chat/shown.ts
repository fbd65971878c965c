import type { ErrorCode } from '#shared/errors.ts'
import type { MessageBody, MessageView } from '#shared/protocol/chat.ts'
import type { OutboxItem } from './outbox.ts'

/** How far a message of one's own has come [CH6]. */
export type MessageState = 'sending' | 'sent' | 'failed'

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
}

const ofServer = (
  { id, seq, senderId, body, createdAt }: MessageView,
  me: string,
): ShownMessage => {
  const state = senderId === me && body.kind === 'text' ? 'sent' : null
  return { id, seq, senderId, body, createdAt, state, failure: null }
}

const ofOutbox = ({ id, text, createdAt, failure }: OutboxItem, me: string): ShownMessage => {
  const state = failure === null ? 'sending' : 'failed'
  return {
    id,
    seq: null,
    senderId: me,
    body: { kind: 'text', text },
    createdAt,
    state,
    failure,
  }
}

/** All of a conversation, each message once: what the server has, then what waits here. */
export function shownOf(
  messages: readonly MessageView[],
  waiting: readonly OutboxItem[],
  me: string,
): readonly ShownMessage[] {
  const known = new Set(messages.map(({ id }) => id))
  return [
    ...messages.map((message) => ofServer(message, me)),
    ...waiting.filter(({ id }) => !known.has(id)).map((item) => ofOutbox(item, me)),
  ]
}

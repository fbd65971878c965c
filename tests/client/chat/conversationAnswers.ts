import type { MessageView } from '#shared/protocol/chat.ts'
import { CONTACTS, conversation, ME, message, record, uuid } from '../../support/client/people.ts'

const ID = uuid(102)
/** @param rest of a path of that conversation */
export const path = (rest: string): string => `/api/conversations/${ID}/${rest}`
const call = record({ callKind: 'video', outcome: 'cancelled', durationMs: 0 })
export const messages = [message(1), message(2, { senderId: ME.id, body: call })]
const unread = conversation({ lastMessage: message(2), lastSeq: 2, unread: 1 })

/** What the server knows of a conversation with 白露: her message, not read yet, and a call. */
export const answers = {
  'GET /api/contacts': { contacts: CONTACTS },
  'GET /api/contact-requests': { requests: [] },
  'GET /api/conversations': { conversations: [unread] },
  [`GET ${path('messages')}`]: { messages, hasMore: false },
  [`POST ${path('read')}`]: {},
}

/** The same where she and I have said these, and all is read. */
export const answersWith = (said: readonly MessageView[]) => {
  const read = { lastMessage: said.at(-1) ?? null, lastSeq: said.length, readSeq: said.length }
  return {
    ...answers,
    'GET /api/conversations': { conversations: [conversation(read)] },
    [`GET ${path('messages')}`]: { messages: said, hasMore: false },
  }
}
export const props = { id: ID }

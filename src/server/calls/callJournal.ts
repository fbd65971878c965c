import type { Chat, Appended } from '#server/chat/index.ts'
import { inTransaction, type Database } from '#server/platform/database/database.ts'
import {
  canWrite,
  findOpenCalls,
  findPastCall,
  insertCall,
  setAccepted,
  setClosed,
  setParticipants,
  type CallJournal,
  type ClosedCall,
} from './callRepository.ts'

export interface CallJournalOptions {
  db: Database
  chat: Chat
  now: () => number
}

/** The journal over the database and the chat. */
export function createCallJournal({ db, chat, now }: CallJournalOptions): CallJournal {
  async function close(trx: Database, call: ClosedCall): Promise<Appended | null> {
    // A busy callee's call never opened, but it has a record.
    await insertCall(trx, { ...call, invitedAt: call.closedAt })
    return (await setClosed(trx, call)) ? appendRecord(trx, chat, call) : null
  }

  async function closed(call: ClosedCall): Promise<void> {
    const appended = await inTransaction(db, (trx) => close(trx, call))
    if (appended !== null) chat.announce(appended)
  }

  return {
    opened: (call) => insertCall(db, call),
    accepted: (callId, at, participants) => setAccepted(db, { callId, at, participants }),
    moved: (callId, participants) => setParticipants(db, callId, participants),
    closed,
    past: (callId) => findPastCall(db, callId),
    async rejectText({ id, senderId, receiverId, text }) {
      const between = [senderId, receiverId] as const
      const body = { kind: 'text' as const, text }
      await chat.appendMessage({ id, between, senderId, body, createdAt: now() })
    },
    canWrite: () => canWrite(db, now()),
    open: () => findOpenCalls(db),
  }
}

/**
 * The message has an id of its own: the call's was minted by a client, who may have said something under it.
 * That there is one is the business of the call's row.
 */
function appendRecord(trx: Database, chat: Chat, call: ClosedCall): Promise<Appended> {
  const { callId, kind: callKind, callerId, calleeId, outcome, durationMs, closedAt } = call
  return chat.append(trx, {
    between: [callerId, calleeId],
    senderId: callerId,
    body: { kind: 'call', callId, callKind, outcome, durationMs },
    createdAt: closedAt,
  })
}

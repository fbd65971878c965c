import { AppError } from '#shared/errors.ts'
import type { Chat, Draft, Appended } from '#server/chat/index.ts'
import { inTransaction, type Database } from '#server/platform/database/database.ts'
import {
  findOpenCalls,
  findPastCall,
  insertCall,
  setAccepted,
  setClosed,
  setSeats,
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
    accepted: (callId, at, seats) => setAccepted(db, { callId, at, seats }),
    seated: (callId, seats) => setSeats(db, callId, seats),
    closed,
    past: (callId) => findPastCall(db, callId),
    async rejectText({ senderId, receiverId, text }) {
      const between = [senderId, receiverId] as const
      const body = { kind: 'text' as const, text }
      await chat.appendMessage({ between, senderId, body, createdAt: now() })
    },
    open: () => findOpenCalls(db),
  }
}

/** The message has the call's id, so that everyone can tell which call it records. */
async function appendRecord(trx: Database, chat: Chat, call: ClosedCall): Promise<Appended> {
  const { callId, kind: callKind, callerId, calleeId, outcome, durationMs, closedAt } = call
  const draft: Draft = {
    between: [callerId, calleeId],
    senderId: callerId,
    body: { kind: 'call', callId, callKind, outcome, durationMs },
    createdAt: closedAt,
  }
  try {
    return await chat.append(trx, { ...draft, id: callId })
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    // A caller's client minted the id of another message: the record must not be lost for that.
    return chat.append(trx, draft)
  }
}

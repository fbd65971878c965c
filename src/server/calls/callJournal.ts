import { AppError } from '#shared/errors.ts'
import { RING_TIMEOUT_MS } from '#shared/limits.ts'
import type { Chat, Draft, Appended } from '#server/chat/index.ts'
import { inTransaction, type Database } from '#server/platform/database/database.ts'
import {
  findOpenCalls,
  findPastCall,
  insertCall,
  setAccepted,
  setClosed,
  type CallJournal,
  type ClosedCall,
  type OpenCall,
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
    accepted: (callId, at) => setAccepted(db, callId, at),
    closed,
    past: (callId) => findPastCall(db, callId),
    async rejectText({ senderId, receiverId, text }) {
      const between = [senderId, receiverId] as const
      const body = { kind: 'text' as const, text }
      await chat.appendMessage({ between, senderId, body, createdAt: now() })
    },
    async closeOrphans(at) {
      const orphans = await findOpenCalls(db)
      for (const orphan of orphans) await closed(closingOf(orphan, at))
      return orphans.length
    },
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

/** The true end of a call whose server died: nobody can have answered after the ring window. */
function closingOf({ acceptedAt, invitedAt, ...call }: OpenCall, at: number): ClosedCall {
  if (acceptedAt === null) {
    const closedAt = Math.min(at, invitedAt + RING_TIMEOUT_MS)
    return { ...call, outcome: 'unanswered', durationMs: 0, closedAt }
  }
  return { ...call, outcome: 'failed', durationMs: Math.max(0, at - acceptedAt), closedAt: at }
}

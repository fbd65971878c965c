import type { Log } from '#server/platform/log/log.ts'
import type { CallJournal, Seat, Seats } from './callRepository.ts'
import type { LiveCall, TalkingCall, UserLeg } from './registry/call.ts'
import type { CallEnding } from './registry/decision.ts'

/** Writes what happened to calls, in its order, without making a call wait for the disk. */
export interface JournalQueue {
  opened(call: LiveCall): void
  accepted(call: TalkingCall): void
  /** Another leg sits in a seat, or its secret is another one. */
  seated(call: LiveCall): void
  closed(ending: CallEnding): void
  rejectText(message: { callId: string; from: string; to: string; text: string }): void
  /** Everything that was queued is written, or has failed for good. */
  flushed(): Promise<void>
}

const TRIES = 3

export function createJournalQueue(journal: CallJournal, log: Log): JournalQueue {
  let tail: Promise<void> = Promise.resolve()

  async function attempt(callId: string, write: () => Promise<unknown>): Promise<void> {
    for (let n = 1; n <= TRIES; n += 1) {
      try {
        await write()
        return
      } catch (err) {
        log.error({ err, callId, attempt: n }, 'call journal failed')
      }
    }
  }

  function enqueue(callId: string, write: () => Promise<unknown>): void {
    tail = tail.then(() => attempt(callId, write))
  }

  return {
    opened(call) {
      const { callId, kind, calleeId, invitedAt } = call
      const callerId = call.caller.userId
      const { callerSeat } = seatsOf(call)
      const opened = { callId, kind, callerId, calleeId, invitedAt, callerSeat }
      enqueue(callId, () => journal.opened(opened))
    },
    accepted(call) {
      const { callId, acceptedAt } = call
      enqueue(callId, () => journal.accepted(callId, acceptedAt, seatsOf(call)))
    },
    seated(call) {
      enqueue(call.callId, () => journal.seated(call.callId, seatsOf(call)))
    },
    closed(ending) {
      enqueue(ending.callId, () => journal.closed(ending))
    },
    rejectText({ callId, from, to, text }) {
      enqueue(callId, () => journal.rejectText({ senderId: from, receiverId: to, text }))
    },
    flushed: () => tail,
  }
}

const seatOf = ({ legId, deviceId }: UserLeg, secret: string | null): Seat => ({
  legId,
  deviceId,
  secret,
})

const seatsOf = (call: LiveCall): Seats => ({
  callerSeat: seatOf(call.caller, call.callerSecret),
  calleeSeat: call.phase === 'talking' ? seatOf(call.callee, call.calleeSecret) : null,
})

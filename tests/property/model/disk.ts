import type { JournalWriter } from '#server/calls/journalQueue.ts'
import type { LiveCall } from '#server/calls/registry/call.ts'
import type { CallEnding } from '#server/calls/registry/decision.ts'
import type { Clock } from '#server/platform/clock.ts'
import type { Chance } from './chance.ts'

/** A call that was ever opened, and what is written of it. */
export interface Opened {
  readonly callerId: string
  readonly calleeId: string
  /** Its records. */
  readonly endings: CallEnding[]
  wasAccepted: boolean
  /** As it was written last; null: never yet. */
  call: LiveCall | null
  /** A server died after it had told everyone how the call ended, and before that was written. */
  lostEnding: boolean
}

export interface DiskJournal extends JournalWriter {
  /** When everything that was queued so far is written. */
  afterwards(run: () => void): void
}

/** What outlives a server. Writes take a moment, in their order, and die with the server that began them. */
export interface Disk {
  readonly opened: ReadonlyMap<string, Opened>
  /** @param clock of one life of the server */
  journal(clock: Clock): DiskJournal
  /** What an earlier life has left going on [CA14]. */
  left(): readonly LiveCall[]
  /** Writes that were under way are lost. */
  crash(): void
}

const WRITE_MAX_MS = 30

export function createDisk(chance: Chance): Disk {
  const opened = new Map<string, Opened>()
  const ending = new Set<Opened>()

  function rowOf(callId: string, callerId: string, calleeId: string): Opened {
    const known = opened.get(callId)
    if (known !== undefined) return known
    const ends = { endings: [], wasAccepted: false, call: null, lostEnding: false }
    const fresh = { callerId, calleeId, ...ends }
    opened.set(callId, fresh)
    return fresh
  }

  return {
    opened,
    journal(clock) {
      let writtenAt = 0
      function write(run: () => void): void {
        const now = clock.now()
        writtenAt = Math.max(writtenAt, now + chance.below(WRITE_MAX_MS))
        clock.after(writtenAt - now, run)
      }

      function note(call: LiveCall): void {
        const row = rowOf(call.callId, call.caller.userId, call.calleeId)
        write(() => {
          row.call = call
          row.wasAccepted ||= call.phase === 'talking'
        })
      }

      return {
        opened: note,
        accepted: note,
        moved: note,
        closed(end) {
          const row = rowOf(end.callId, end.callerId, end.calleeId)
          ending.add(row)
          write(() => {
            ending.delete(row)
            row.endings.push(end)
          })
        },
        rejectText: () => undefined,
        flushed: () => Promise.resolve(),
        afterwards(run) {
          clock.after(Math.max(0, writtenAt - clock.now()), run)
        },
      }
    },
    left: () =>
      [...opened.values()].flatMap(({ call, endings }) =>
        call === null || endings.length > 0 ? [] : [asLeft(call)],
      ),
    crash() {
      for (const row of ending) row.lostEnding = true
      ending.clear()
      // Of what was never written nobody knows any more: the id is as good as a new one.
      for (const [callId, { call, endings }] of opened) {
        if (call === null && endings.length === 0) opened.delete(callId)
      }
    },
  }
}

/** What a start knows of a call: not who had a socket, nor which legs rang. */
const asLeft = (call: LiveCall): LiveCall =>
  call.phase === 'ringing' ? { ...call, calleeLegs: [], away: [] } : { ...call, away: [] }

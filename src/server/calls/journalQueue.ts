import { uuidv7 } from 'uuidv7'
import { AppError } from '#shared/errors.ts'
import type { Clock } from '#server/platform/clock.ts'
import type { Log } from '#server/platform/log/log.ts'
import type { CallJournal, Participant, Participants } from './callRepository.ts'
import type { JournalEntry } from './journalEntry.ts'
import type { LiveCall, TalkingCall, UserLeg } from './registry/call.ts'
import type { CallEnding } from './registry/decision.ts'
import type { Spool } from './spool.ts'
import { SpoolKeeper } from './spoolKeeper.ts'

/** Writes what happened to calls, in its order, without making a call wait for the disk. */
export interface JournalWriter {
  opened(call: LiveCall): void
  accepted(call: TalkingCall): void
  /** A leg was replaced, or has another secret. */
  moved(call: LiveCall): void
  closed(ending: CallEnding): void
  rejectText(message: { callId: string; from: string; to: string; text: string }): void
  /** Everything that was queued is written, or has failed for good. */
  flushed(): Promise<void>
}

export interface JournalQueue extends JournalWriter {
  /** Write what the server before this one could not. */
  resume(): void
  /** The same, but what can't be written now is left for the next server. */
  stop(): Promise<void>
}

export interface JournalQueueOptions {
  readonly journal: CallJournal
  readonly spool: Spool
  readonly clock: Clock
  readonly log: Log
}

/** What fails so often while other things can be written fails for good. */
const TRIES = 3
/** Nothing can be written: so long until it is tried again. */
const RETRY_MS = 1_000
/** What is not written by then is kept in a file meanwhile. */
const SPOOL_MS = 1_000

export function createJournalQueue(options: JournalQueueOptions): JournalQueue {
  const queue = new Queue(options)
  return {
    opened(call) {
      const { callId, kind, calleeId, invitedAt } = call
      const callerId = call.caller.userId
      const { callerParticipant } = participantsOf(call)
      queue.add({
        type: 'opened',
        call: { callId, kind, callerId, calleeId, invitedAt, callerParticipant },
      })
    },
    accepted(call) {
      const { callId, acceptedAt: at } = call
      queue.add({ type: 'accepted', callId, at, participants: participantsOf(call) })
    },
    moved(call) {
      queue.add({ type: 'moved', callId: call.callId, participants: participantsOf(call) })
    },
    closed(call) {
      queue.add({ type: 'closed', call })
    },
    rejectText({ callId, from, to, text }) {
      const said = { id: uuidv7(), senderId: from, receiverId: to, text }
      queue.add({ type: 'rejectText', callId, ...said })
    },
    resume: () => {
      queue.resume()
    },
    flushed: () => queue.flushed(),
    stop: () => queue.stop(),
  }
}

class Queue {
  readonly #options: JournalQueueOptions
  /** In their order; the first one is being written. */
  readonly #pending = new Set<JournalEntry>()
  readonly #keeper: SpoolKeeper
  #running = Promise.resolve()
  #isRunning = false
  #isStopping = false
  #endWait: (() => void) | null = null

  constructor(options: JournalQueueOptions) {
    this.#options = options
    this.#keeper = new SpoolKeeper({ ...options, pending: this.#pending })
  }

  add(entry: JournalEntry): void {
    this.#pending.add(entry)
    this.#keeper.added(entry)
    this.#options.clock.after(SPOOL_MS, () => {
      if (this.#pending.has(entry)) void this.#keeper.keep()
    })
    this.#start()
  }

  resume(): void {
    for (const entry of this.#keeper.takeOver()) this.#pending.add(entry)
    this.#start()
  }

  flushed(): Promise<void> {
    return this.#running
  }

  stop(): Promise<void> {
    this.#isStopping = true
    this.#endWait?.()
    return this.#running
  }

  #start(): void {
    if (!this.#isRunning) this.#running = this.#run()
  }

  async #run(): Promise<void> {
    this.#isRunning = true
    while (this.#pending.size > 0 && (await this.#writeAll())) {
      // Takes what was written out of the file. More entries may arrive meanwhile.
      await this.#keeper.settled()
    }
    this.#isRunning = false
  }

  /** @returns false when entries are left for the next server: they are in the file */
  async #writeAll(): Promise<boolean> {
    for (const entry of this.#pending) {
      // Into the file first, if there is one: replaying the older entries alone would undo this one.
      if (this.#keeper.isOn) await this.#keeper.settled()
      if (!(await this.#write(entry))) return false
      this.#pending.delete(entry)
    }
    return true
  }

  /** @returns false when it has to be left for another server */
  async #write(entry: JournalEntry): Promise<boolean> {
    for (let tried = 0; tried < TRIES;) {
      const result = await this.#try(entry)
      if (result === 'written') return true
      if (result === 'failed') tried += 1
      else {
        await this.#keeper.keep()
        if (this.#isStopping) return false
        await this.#waitAWhile()
      }
    }
    return true
  }

  /** `held`: the database can't take anything now, so the entry is not to blame. */
  async #try(entry: JournalEntry): Promise<'written' | 'failed' | 'held'> {
    const { journal, log } = this.#options
    try {
      await writeTo(journal, entry)
      return 'written'
    } catch (err) {
      log.error({ err, callId: callIdOf(entry) }, 'call journal failed')
      // Another session may hold just this call's row.
      if (err instanceof AppError && err.code === 'request/timed-out') return 'held'
    }
    return (await journal.canWrite()) ? 'failed' : 'held'
  }

  #waitAWhile(): Promise<void> {
    return new Promise((resolve) => {
      const cancelTimer = this.#options.clock.after(RETRY_MS, resolve)
      this.#endWait = () => {
        cancelTimer()
        resolve()
      }
    })
  }
}

function writeTo(journal: CallJournal, entry: JournalEntry): Promise<void> {
  switch (entry.type) {
    case 'opened':
      return journal.opened(entry.call)
    case 'accepted':
      return journal.accepted(entry.callId, entry.at, entry.participants)
    case 'moved':
      return journal.moved(entry.callId, entry.participants)
    case 'closed':
      return journal.closed(entry.call)
    case 'rejectText':
      return journal.rejectText(entry)
  }
}

const callIdOf = (entry: JournalEntry): string =>
  'call' in entry ? entry.call.callId : entry.callId

const participantOf = ({ legId, deviceId }: UserLeg, secret: string | null): Participant => ({
  legId,
  deviceId,
  secret,
})

const participantsOf = (call: LiveCall): Participants => ({
  callerParticipant: participantOf(call.caller, call.callerSecret),
  calleeParticipant:
    call.phase === 'talking' ? participantOf(call.callee, call.calleeSecret) : null,
})

import { LEG_GRACE_MS } from '#shared/limits.ts'
import type { UserView } from '#shared/protocol/accounts.ts'
import type { Clock } from '#server/platform/clock.ts'
import type { FrameHandlers, LegListener } from '#server/platform/gateway/handlers.ts'
import type { Limiter } from '#server/platform/limits/limiter.ts'
import type { Log } from '#server/platform/log/log.ts'
import { createCallHandlers } from './callHandlers.ts'
import type { CallJournal } from './callRepository.ts'
import { createCallService } from './callService.ts'
import { iceServersFor, type IceConfig } from './iceServers.ts'
import { createJournalQueue } from './journalQueue.ts'
import { leftCalls } from './leftCalls.ts'
import { createLegs } from './legs.ts'
import type { Spool } from './spool.ts'
import type { Refusal } from './registry/commands.ts'
import { createSignalLimits } from './signalLimits.ts'

export interface CallsOptions {
  readonly clock: Clock
  readonly log: Log
  /** Names this life of the server: numbers of frames mean nothing in another one. */
  readonly epoch: string
  readonly ice: IceConfig
  readonly journal: CallJournal
  readonly spool: Spool
  /** Calls that a user starts. */
  readonly invites: Limiter
  /** How long a leg may be without a socket after its page said that it unloads, ms [CA10]. */
  readonly reloadGraceMs: number
  readonly refusal: (fromId: string, toId: string) => Promise<Refusal | null>
  readonly userView: (userId: string) => Promise<UserView | null>
}

/** The calls room, for the composition root. */
export interface Calls {
  readonly handlers: Pick<FrameHandlers, Extract<keyof FrameHandlers, `call.${string}`>>
  readonly legs: LegListener
  /** Take over the calls that the server before this one has left [CA14]; before anyone is let in. */
  restore(): Promise<void>
  /** One of two has blocked the other one: the call between them ends [S17]. */
  part(userId: string, otherId: string): void
  /** The time that tabs are told, by which they count their calls; ms UTC. */
  readonly now: () => number
  /** Calls that go on now. */
  readonly liveCount: number
  /** What happened so far is written. */
  flushed(): Promise<void>
  /** The same; what can't be written now is kept for the next server. */
  stop(): Promise<void>
}

const SWEEP_MS = 30_000

export function createCalls(options: CallsOptions): Calls {
  const { clock, log, epoch } = options
  const legs = createLegs()
  const limits = createSignalLimits()
  const journal = createJournalQueue(options)
  const iceServers = (): ReturnType<typeof iceServersFor> => iceServersFor(options.ice, clock.now())
  const onEnded = (callId: string): void => {
    limits.forget(callId)
  }
  const calls = createCallService({ clock, log, legs, journal, iceServers, onEnded })
  const flushed = (): Promise<void> => journal.flushed()

  function sweep(): void {
    legs.forget(clock.elapsed())
    calls.registry.forget(calls.now())
    clock.after(SWEEP_MS, sweep)
  }
  clock.after(SWEEP_MS, sweep)

  return {
    handlers: createCallHandlers({ ...options, calls, legs, limits, iceServers, flushed }),
    legs: {
      attached(leg, connection, received) {
        legs.attach(leg, connection, received.epoch === epoch ? received.n : 0)
        calls.command({ type: 'leg-attached', by: leg })
      },
      acknowledged: (leg, n) => {
        legs.acknowledge(leg, n)
      },
      detached(leg, connection, unloading) {
        if (!legs.detach(leg, connection, clock.elapsed())) return
        const lost = unloading
          ? ({ absence: 'left', graceMs: options.reloadGraceMs } as const)
          : ({ absence: 'away', graceMs: LEG_GRACE_MS } as const)
        calls.command({ type: 'leg-lost', by: leg, ...lost })
      },
      sentTo: (leg) => legs.sentTo(leg),
    },
    async restore() {
      journal.resume()
      await flushed()
      calls.restore(await leftCalls(options))
    },
    part(by, from) {
      calls.command({ type: 'part', by, from })
    },
    now: calls.now,
    get liveCount() {
      return calls.registry.size
    },
    flushed,
    stop: () => journal.stop(),
  }
}

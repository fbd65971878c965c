import { AppError } from '#shared/errors.ts'
import type { IceServer } from '#shared/protocol/calls.ts'
import type { Clock } from '#server/platform/clock.ts'
import type { Log } from '#server/platform/log/log.ts'
import { createCallTime } from './callTime.ts'
import type { JournalWriter } from './journalQueue.ts'
import type { Legs } from './legs.ts'
import type { LiveCall } from './registry/call.ts'
import type { CallCommand } from './registry/commands.ts'
import { decide } from './registry/decide.ts'
import type { Decision, RegistryEffect, RegistryReply } from './registry/decision.ts'
import { createRegistry, type Registry } from './registry/registry.ts'
import { restore } from './registry/restore.ts'

export interface CallServiceOptions {
  readonly clock: Clock
  readonly log: Log
  readonly legs: Legs
  readonly journal: JournalWriter
  readonly iceServers: () => IceServer[]
  /** The call is over: whatever was counted for it can go. */
  readonly onEnded: (callId: string) => void
}

export interface CallService {
  readonly registry: Registry
  /** The time by which calls are counted, ms UTC. */
  readonly now: () => number
  /** Take over the calls that the server before this one has left [CA14]. */
  restore(calls: readonly LiveCall[]): void
  /** Decide and carry out. @throws AppError what the arbiter refuses */
  command(command: CallCommand): object
}

type Effect<T extends RegistryEffect['type']> = Extract<RegistryEffect, { type: T }>

/** The one interpreter of the arbiter's effects. */
export function createCallService(options: CallServiceOptions): CallService {
  const { clock, legs } = options
  const registry = createRegistry()
  const record = createRecorder(options)
  const now = createCallTime(clock, () => registry.size === 0)

  function run(command: CallCommand, at = now()): RegistryReply {
    return takeOver(decide(registry, command, at))
  }

  function takeOver(decision: Decision): RegistryReply {
    registry.apply(decision)
    for (const effect of decision.effects) carryOut(effect)
    return decision.reply
  }

  function carryOut(effect: RegistryEffect): void {
    switch (effect.type) {
      case 'push':
        legs.push(effect.to, withIceServers(effect, options.iceServers))
        break
      case 'arm':
        clock.after(Math.max(0, effect.at - now()), () => {
          // A timer may be a moment earlier than the clock: what it says has come, has come.
          const at = Math.max(effect.at, now())
          run({ type: `${effect.timer}-ended`, callId: effect.callId }, at)
        })
        break
      case 'follow-up':
        // After the turn of the event loop in which the refusal is sent.
        clock.after(0, () => {
          run({ type: 'leg-refused', by: effect.by })
        })
        break
      case 'journal/opened':
      case 'journal/accepted':
      case 'journal/moved':
      case 'journal/closed':
      case 'chat/reject-text':
        record(effect)
        break
    }
  }

  return {
    registry,
    now,
    restore(left) {
      takeOver(restore(left, now()))
    },
    command(command) {
      const reply = run(command)
      if (!reply.ok) throw new AppError(reply.code)
      return reply.body
    },
  }
}

type Recorded = Exclude<RegistryEffect, Effect<'push' | 'arm' | 'follow-up'>>

/** What is written of a call: in the log, in the journal. */
function createRecorder({ log, journal, onEnded }: CallServiceOptions): (effect: Recorded) => void {
  return (effect) => {
    switch (effect.type) {
      case 'journal/opened':
        log.info({ callId: effect.call.callId, kind: effect.call.kind }, 'call invited')
        journal.opened(effect.call)
        break
      case 'journal/accepted':
        log.info({ callId: effect.call.callId }, 'call accepted')
        journal.accepted(effect.call)
        break
      case 'journal/moved':
        journal.moved(effect.call)
        break
      case 'journal/closed':
        log.info({ callId: effect.ending.callId, outcome: effect.ending.outcome }, 'call closed')
        journal.closed(effect.ending)
        onEnded(effect.ending.callId)
        break
      case 'chat/reject-text':
        journal.rejectText(effect)
        break
    }
  }
}

/** The arbiter knows nothing of networks: the servers to try are filled in on the way out. */
function withIceServers(
  { push }: Effect<'push'>,
  iceServers: () => IceServer[],
): Effect<'push'>['push'] {
  if (push.type !== 'call.coming') return push
  return { type: push.type, body: { ...push.body, iceServers: iceServers() } }
}

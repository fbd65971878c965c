import { pino } from 'pino'
import { AppError } from '#shared/errors.ts'
import { LEG_GRACE_MS, LEG_UNLOAD_GRACE_MS } from '#shared/limits.ts'
import type { Request, RequestBody, RequestType } from '#shared/protocol/envelope.ts'
import { createCallService, type CallService } from '#server/calls/callService.ts'
import type { JournalQueue } from '#server/calls/journalQueue.ts'
import { createLegs, type Legs } from '#server/calls/legs.ts'
import type { UserLeg } from '#server/calls/registry/call.ts'
import type { CallCommand } from '#server/calls/registry/commands.ts'
import type { CallEnding } from '#server/calls/registry/decision.ts'
import type { LegLink } from '#server/platform/gateway/handlers.ts'
import type { Chance } from './chance.ts'
import type { VirtualClock } from './virtualClock.ts'

/** One socket, as both of its ends see it. */
export interface Wire extends LegLink {
  isOpen: boolean
}

export interface Opened {
  readonly callerId: string
  readonly calleeId: string
  readonly endings: CallEnding[]
  wasAccepted: boolean
}

export type Answer = { ok: true; body: object } | { ok: false; code: string }

/** The server: the real arbiter, legs and mailboxes on a virtual clock, with a diary as journal. */
export interface Arbiter {
  readonly service: CallService
  readonly legs: Legs
  /** Every call that was ever opened, with each record that was written of it. */
  readonly opened: ReadonlyMap<string, Opened>
  attach(leg: UserLeg, wire: Wire, received: number): void
  lose(leg: UserLeg, wire: Wire, unloading: boolean): void
  receive(by: UserLeg, request: Request, answer: (answer: Answer) => void): void
}

const log = pino({ level: 'silent' })
/** How long the server looks up who the two are. */
const LOOKUP_MAX_MS = 6

export function createArbiter(clock: VirtualClock, chance: Chance): Arbiter {
  const opened = new Map<string, Opened>()
  const legs = createLegs()
  const service = createCallService({
    clock,
    log,
    legs,
    journal: diaryIn(opened),
    iceServers: () => [],
    onEnded: () => undefined,
  })

  function carryOut(command: CallCommand): Answer {
    try {
      return { ok: true, body: service.command(command) }
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      return { ok: false, code: error.code }
    }
  }

  function invite(by: UserLeg, { secret, ...body }: RequestBody<'call.invite'>): Answer {
    const callerView = { id: by.userId, nickname: by.userId }
    const calleeLegs = legs.connectedOf(body.calleeId)
    const areContacts = true
    const answer = carryOut({
      type: 'invite',
      by,
      body,
      secret: secret ?? null,
      areContacts,
      callerView,
      calleeLegs,
    })
    if (!legs.isConnected(by)) carryOut({ type: 'leg-lost', by, graceMs: LEG_GRACE_MS })
    return answer
  }

  return {
    service,
    legs,
    opened,
    attach(leg, wire, received) {
      legs.attach(leg, wire, received)
      service.command({ type: 'leg-attached', by: leg })
    },
    lose(leg, wire, unloading) {
      wire.isOpen = false
      if (!legs.detach(leg, wire, clock.now())) return
      const graceMs = unloading ? LEG_UNLOAD_GRACE_MS : LEG_GRACE_MS
      service.command({ type: 'leg-lost', by: leg, graceMs })
    },
    receive(by, request, answer) {
      if (request.type === 'call.invite') {
        const { body } = request
        clock.after(chance.below(LOOKUP_MAX_MS), () => {
          answer(invite(by, body))
        })
        return
      }
      if (request.type === 'ping') {
        legs.acknowledge(by, request.body.received)
        answer({ ok: true, body: { sent: legs.sentTo(by) } })
        return
      }
      const command = commandOf(by, request)
      if (command !== undefined) answer(carryOut(command))
    },
  }
}

type Commands = { readonly [T in RequestType]?: (by: UserLeg, body: RequestBody<T>) => CallCommand }

/** The frames that are one command each; the handlers of the server say the same. */
const COMMANDS: Commands = {
  'call.ringing': (by, body) => ({ type: 'ringing', by, body }),
  'call.offer': (by, body) => ({ type: 'signal', by, signal: 'call.offer', body }),
  'call.answer': (by, body) => ({ type: 'signal', by, signal: 'call.answer', body }),
  'call.accept': (by, { callId, secret }) => ({
    type: 'accept',
    by,
    callId,
    secret: secret ?? null,
  }),
  'call.resume': (by, { callId, secrets: shown, next, answered }) => ({
    type: 'resume',
    by,
    callId,
    secrets: { shown, next, answered },
  }),
  'call.reject': (by, { callId, text = null }) => ({ type: 'reject', by, callId, text }),
  'call.cancel': (by, { callId }) => ({ type: 'leave', by, callId, outcome: 'completed' }),
  'call.hangup': (by, { callId, outcome }) => ({
    type: 'leave',
    by,
    callId,
    outcome: outcome ?? 'completed',
  }),
}

function commandOf(by: UserLeg, { type, body }: Request): CallCommand | undefined {
  const write = COMMANDS[type] as ((by: UserLeg, body: object) => CallCommand) | undefined
  return write?.(by, body)
}

function diaryIn(opened: Map<string, Opened>): JournalQueue {
  return {
    opened({ callId, caller, calleeId }) {
      opened.set(callId, { callerId: caller.userId, calleeId, endings: [], wasAccepted: false })
    },
    accepted({ callId }) {
      const call = opened.get(callId)
      if (call !== undefined) call.wasAccepted = true
    },
    seated: () => undefined,
    closed(ending) {
      opened.get(ending.callId)?.endings.push(ending)
    },
    rejectText: () => undefined,
    flushed: () => Promise.resolve(),
  }
}

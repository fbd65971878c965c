import { pino } from 'pino'
import { AppError } from '#shared/errors.ts'
import { LEG_GRACE_MS, LEG_UNLOAD_GRACE_MS } from '#shared/limits.ts'
import type { Request, RequestBody, RequestType } from '#shared/protocol/envelope.ts'
import { createCallService, type CallService } from '#server/calls/callService.ts'
import { createLegs, type Legs } from '#server/calls/legs.ts'
import type { UserLeg } from '#server/calls/registry/call.ts'
import type { CallCommand } from '#server/calls/registry/commands.ts'
import type { Clock } from '#server/platform/clock.ts'
import type { LegConnection } from '#server/platform/gateway/handlers.ts'
import type { Chance } from './chance.ts'
import type { Disk } from './disk.ts'

export type Answer = { ok: true; body: object } | { ok: false; code: string }

/** The server from a start to its end: the real arbiter, legs and mailboxes on a virtual clock. */
export interface ServerLife {
  readonly service: CallService
  readonly legs: Legs
  attach(leg: UserLeg, link: LegConnection, received: number): void
  lose(leg: UserLeg, link: LegConnection, unloading: boolean): void
  receive(by: UserLeg, request: Request, answer: (answer: Answer) => void): void
  /** Nothing of it goes on. */
  end(): void
}

const log = pino({ level: 'silent' })
/** How long the server looks up who the two are. */
const LOOKUP_MAX_MS = 6

export function createServerLife(outer: Clock, chance: Chance, disk: Disk): ServerLife {
  let isOver = false
  const clock: Clock = {
    now: () => outer.now(),
    elapsed: () => outer.elapsed(),
    after: (ms, run) =>
      outer.after(ms, () => {
        if (!isOver) run()
      }),
  }
  const legs = createLegs()
  const journal = disk.journal(clock)
  const service = createCallService({
    clock,
    log,
    legs,
    journal,
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

  /** How an earlier life has written it down. */
  function past(callId: string): { userIds: readonly string[]; body: object } | null {
    const row = disk.opened.get(callId)
    const end = row?.endings[0]
    if (row === undefined || end === undefined) return null
    const { outcome, durationMs } = end
    const body = { status: 'closed', outcome, durationMs }
    return { userIds: [row.callerId, row.calleeId], body }
  }

  function isRepeated(callId: string): boolean {
    const { registry } = service
    const known = registry.call(callId) ?? registry.ended(callId) ?? registry.merged(callId)
    return known !== undefined
  }

  function invite(by: UserLeg, { secret, ...body }: RequestBody<'call.invite'>): Answer {
    const before = isRepeated(body.callId) ? null : past(body.callId)
    if (before !== null) {
      const isOwn = before.userIds[0] === by.userId
      return isOwn ? { ok: true, body: before.body } : { ok: false, code: 'request/conflict' }
    }
    const callerView = { id: by.userId, nickname: by.userId }
    const calleeLegs = legs.connectedOf(body.calleeId)
    const facts = { refusal: null, callerView, calleeLegs }
    const answer = carryOut({ type: 'invite', by, body, secret: secret ?? null, ...facts })
    if (!legs.isConnected(by))
      carryOut({ type: 'leg-lost', by, absence: 'away', graceMs: LEG_GRACE_MS })
    return answer
  }

  function resume(by: UserLeg, body: RequestBody<'call.resume'>): Answer {
    const { callId, secrets: shown, next, answered } = body
    const answer = carryOut({ type: 'resume', by, callId, secrets: { shown, next, answered } })
    const isOver = !answer.ok && answer.code === 'call/ended'
    const before = isOver ? past(callId) : null
    return before?.userIds.includes(by.userId) === true ? { ok: true, body: before.body } : answer
  }

  return {
    service,
    legs,
    attach(leg, link, received) {
      legs.attach(leg, link, received)
      service.command({ type: 'leg-attached', by: leg })
    },
    lose(leg, link, unloading) {
      if (!legs.detach(leg, link, clock.now())) return
      const graceMs = unloading ? LEG_UNLOAD_GRACE_MS : LEG_GRACE_MS
      service.command({ type: 'leg-lost', by: leg, absence: unloading ? 'left' : 'away', graceMs })
    },
    receive(by, request, answer) {
      if (request.type === 'call.invite') {
        const { body } = request
        clock.after(chance.below(LOOKUP_MAX_MS), () => {
          answer(invite(by, body))
        })
      } else if (request.type === 'call.resume') {
        const { body } = request
        resume(by, body)
        journal.afterwards(() => {
          answer(resume(by, body))
        })
      } else if (request.type === 'ping') {
        legs.acknowledge(by, request.body.received)
        answer({ ok: true, body: { sent: legs.sentTo(by), serverNow: clock.now() } })
      } else {
        const command = commandOf(by, request)
        if (command !== undefined) answer(carryOut(command))
      }
    },
    end() {
      isOver = true
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

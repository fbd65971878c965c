import { createHash } from 'node:crypto'
import { AppError } from '#shared/errors.ts'
import { LEG_GRACE_MS } from '#shared/limits.ts'
import { CallAccepted, CallInvited, CallResumed, type IceServer } from '#shared/protocol/calls.ts'
import type { UserView } from '#shared/protocol/accounts.ts'
import type { RequestBody } from '#shared/protocol/envelope.ts'
import { check } from '#shared/protocol/parse.ts'
import type * as v from 'valibot'
import type { Clock } from '#server/platform/clock.ts'
import type { TabLeg } from '#server/platform/gateway/connection.ts'
import type { FrameHandlers } from '#server/platform/gateway/handlers.ts'
import type { Limiter } from '#server/platform/limits/limiter.ts'
import type { CallJournal, PastCall } from './callRepository.ts'
import type { CallService } from './callService.ts'
import type { Legs } from './legs.ts'
import type { Refusal, SignalRequest } from './registry/commands.ts'
import { addresseeOf } from './registry/relay.ts'
import { relayedOnly } from './relayedOnly.ts'
import type { SignalLimits } from './signalLimits.ts'

export interface CallHandlerOptions {
  readonly calls: CallService
  readonly legs: Legs
  readonly clock: Clock
  readonly limits: SignalLimits
  /** Calls that a user starts. */
  readonly invites: Limiter
  readonly iceServers: () => IceServer[]
  readonly journal: Pick<CallJournal, 'past'>
  /** What happened so far is on the disk. */
  readonly flushed: () => Promise<void>
  /** Why somebody can't reach another person; null: they can. */
  readonly refusal: (fromId: string, toId: string) => Promise<Refusal | null>
  readonly userView: (userId: string) => Promise<UserView | null>
}

type CallHandlers = Pick<FrameHandlers, Extract<keyof FrameHandlers, `call.${string}`>>

/** The call frames of a leg, turned into commands. */
export function createCallHandlers(options: CallHandlerOptions): CallHandlers {
  const { calls, legs, clock, limits } = options

  async function invite(
    by: TabLeg,
    { secret, ...body }: RequestBody<'call.invite'>,
  ): Promise<CallInvited> {
    if (!isRepeated(calls, body.callId)) {
      await options.invites.take(by.userId)
      const past = await options.journal.past(body.callId)
      if (past !== null) return pastReply(past, by.userId)
    }
    const [refusal, callerView] = await Promise.all([
      options.refusal(by.userId, body.calleeId),
      options.userView(by.userId),
    ])
    if (callerView === null) throw new AppError('auth/signed-out')
    const calleeLegs = legs.connectedOf(body.calleeId)
    const facts = { refusal, callerView, calleeLegs }
    const reply = calls.command({ type: 'invite', by, body, secret: digest(secret), ...facts })
    // Its socket was lost while we looked up who they are, and nobody was told: there was no call yet.
    if (!legs.isConnected(by)) {
      calls.command({ type: 'leg-lost', by, absence: 'away', graceMs: LEG_GRACE_MS })
    }
    await requireReachStill(by.userId, body.calleeId)
    return shaped(CallInvited, withIceServers(reply, options.iceServers))
  }

  /** A block between the look at it and the call has found no call to end [S17]. */
  async function requireReachStill(callerId: string, calleeId: string): Promise<void> {
    const refusal = await options.refusal(callerId, calleeId)
    if (refusal === null) return
    const [by, from] = refusal === 'request/blocked' ? [calleeId, callerId] : [callerId, calleeId]
    calls.command({ type: 'part', by, from })
    throw new AppError(refusal)
  }

  function signal(by: TabLeg, request: SignalRequest): object {
    const { body } = request
    if (addresseeOf(calls.registry, { by, body }) !== undefined) {
      limits.take(by, request, clock.elapsed())
    }
    const passing = body.relayOnly === true ? relayedOnly(request) : request
    return passing === null ? {} : calls.command({ type: 'signal', by, ...passing })
  }

  return {
    'call.invite': invite,
    'call.ringing': (by, body) => calls.command({ type: 'ringing', by, body }),
    'call.offer': (by, body) => signal(by, { signal: 'call.offer', body }),
    'call.answer': (by, body) => signal(by, { signal: 'call.answer', body }),
    'call.candidate': (by, body) => signal(by, { signal: 'call.candidate', body }),
    'call.accept': (by, { callId, secret }) =>
      shaped(CallAccepted, calls.command({ type: 'accept', by, callId, secret: digest(secret) })),
    'call.resume': (by, body) => resume(options, by, body),
    'call.reject': (by, { callId, text = null }) =>
      calls.command({ type: 'reject', by, callId, text }),
    'call.cancel': (by, { callId }) =>
      calls.command({ type: 'leave', by, callId, outcome: 'completed' }),
    'call.hangup': (by, { callId, outcome }) =>
      calls.command({ type: 'leave', by, callId, outcome: outcome ?? 'completed' }),
  }
}

/** A leg takes its place in the call again, or is told how the call ended. */
async function resume(
  { calls, iceServers, flushed, journal }: CallHandlerOptions,
  by: TabLeg,
  body: RequestBody<'call.resume'>,
): Promise<CallResumed> {
  const { callId, answered } = body
  const secrets = { shown: body.secrets.map(digestOf), next: digestOf(body.next), answered }
  const command = { type: 'resume', by, callId, secrets } as const
  try {
    calls.command(command)
    // The page forgets its secret before this one, so a restart must not: it is written down [CA14].
    await flushed()
    // As the call stands now: the peer's page may have been reloaded meanwhile.
    const reply = calls.command(command)
    return shaped(CallResumed, withIceServers(reply, iceServers))
  } catch (cause) {
    // It may have ended while nobody was here to be told: then the journal knows how.
    const isOver = cause instanceof AppError && cause.code === 'call/ended'
    const past = isOver ? await journal.past(callId) : null
    if (past === null || !isParty(past, by.userId)) throw cause
    return { status: 'closed', outcome: past.outcome, durationMs: past.durationMs }
  }
}

/** What is stored of a secret: nobody who reads the database can take a place with it. */
const digestOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')
const digest = (secret: string | undefined): string | null =>
  secret === undefined ? null : digestOf(secret)

const isParty = ({ callerId, calleeId }: PastCall, userId: string): boolean =>
  callerId === userId || calleeId === userId

const isRepeated = ({ registry }: CallService, callId: string): boolean =>
  registry.call(callId) !== undefined ||
  registry.ended(callId) !== undefined ||
  registry.merged(callId) !== undefined

/** A call of before a restart: repeated, it is answered as it ended; nobody else may take its id. */
function pastReply({ callerId, outcome, durationMs }: PastCall, userId: string): CallInvited {
  if (callerId !== userId) throw new AppError('request/conflict')
  return { status: 'closed', outcome, durationMs }
}

/** The servers to try go with every reply after which a connection is made. */
function withIceServers(reply: object, iceServers: () => IceServer[]): object {
  if ('into' in reply)
    return { ...reply, into: { ...(reply.into ?? {}), iceServers: iceServers() } }
  return { ...reply, iceServers: iceServers() }
}

/** The arbiter's reply as the protocol promises it; anything else is a bug of ours. */
function shaped<S extends v.GenericSchema>(schema: S, body: object): v.InferOutput<S> {
  const checked = check(schema, body)
  if (!checked.ok) throw new Error(`the reply does not fit: ${checked.error.message}`)
  return checked.value
}

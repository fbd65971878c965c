import { pino } from 'pino'
import type { CallPush } from '#shared/protocol/envelope.ts'
import { parseReceived } from '#shared/protocol/parse.ts'
import { INVITES_PER_MINUTE } from '#shared/limits.ts'
import { createLimiter } from '#server/platform/limits/limiter.ts'
import { createCallHandlers } from '#server/calls/callHandlers.ts'
import type { PastCall } from '#server/calls/callRepository.ts'
import { createCallService } from '#server/calls/callService.ts'
import { createLegs } from '#server/calls/legs.ts'
import type { UserLeg } from '#server/calls/registry/call.ts'
import { createSignalLimits } from '#server/calls/signalLimits.ts'
import { createTestClock } from '../server/testClock.ts'
import { alice, bob, carol, dave } from './people.ts'

const PEOPLE = [alice, bob, carol, dave]
const ICE_SERVERS = [{ urls: ['stun:stun.example:3478'] }]

/** A tab that is connected, with what it was sent. */
export interface AttachedTab {
  readonly leg: UserLeg
  readonly pushes: CallPush[]
  readonly heard: string[]
  detach(): void
}

/** The calls room without sockets and database: handlers, service and legs on a clock of the test. */
export function aCallRoom() {
  const clock = createTestClock()
  const legs = createLegs()
  const limits = createSignalLimits()
  const journal: string[] = []
  const calls = createCallService({
    clock,
    log: pino({ level: 'silent' }),
    legs,
    journal: {
      opened: ({ callId }) => void journal.push(`opened ${callId}`),
      accepted: ({ callId }) => void journal.push(`accepted ${callId}`),
      moved: ({ callId }) => void journal.push(`moved ${callId}`),
      closed: ({ callId, outcome }) => void journal.push(`closed ${callId} ${outcome}`),
      rejectText: ({ callId, text }) => void journal.push(`text ${callId} ${text}`),
      flushed: () => Promise.resolve(),
    },
    iceServers: () => ICE_SERVERS,
    onEnded: (callId) => {
      limits.forget(callId)
    },
  })
  const strangers = new Set<string>()
  /** Who can reach nobody, because these have blocked them. */
  const blocked = new Set<string>()
  /** What happens right after it was looked up who can reach whom. */
  const meanwhile: (() => void)[] = []
  const past = new Map<string, PastCall>()
  const disk = { written: Promise.resolve() }
  const handlers = createCallHandlers({
    calls,
    legs,
    clock,
    limits,
    invites: createLimiter({ count: INVITES_PER_MINUTE, windowMs: 60_000 }),
    iceServers: () => ICE_SERVERS,
    journal: { past: (callId) => Promise.resolve(past.get(callId) ?? null) },
    flushed: () => disk.written,
    refusal: (from, to) => {
      const isRefused = strangers.has(from) || strangers.has(to)
      const refusal = blocked.has(from) ? 'request/blocked' : isRefused ? 'request/forbidden' : null
      meanwhile.splice(0).forEach((happen) => happen())
      return Promise.resolve(refusal)
    },
    userView: (userId) =>
      Promise.resolve(PEOPLE.find(({ view }) => view.id === userId)?.view ?? null),
  })

  function attach(leg: UserLeg): AttachedTab {
    const pushes: CallPush[] = []
    const link = {
      send(frame: Buffer) {
        const received = parseReceived(frame.toString())
        // What our own server sends must fit the protocol, or the client would never hear it.
        if (!received.ok) throw received.error
        if (received.value.kind === 'push') pushes.push(received.value.push as CallPush)
      },
    }
    legs.attach(leg, link, 0)
    calls.command({ type: 'leg-attached', by: leg })
    return {
      leg,
      pushes,
      get heard() {
        return pushes.map(({ type }) => type)
      },
      detach() {
        legs.detach(leg, link, clock.now())
        calls.command({ type: 'leg-lost', by: leg, absence: 'away', graceMs: 30_000 })
      },
    }
  }

  const refusing = { strangers, blocked, meanwhile }
  return { clock, legs, limits, journal, calls, handlers, attach, ...refusing, past, disk }
}

import { createLimiter } from '#server/platform/limits/limiter.ts'
import { pino } from 'pino'
import { INVITES_PER_MINUTE, LEG_UNLOAD_GRACE_MS, PROTOCOL_VERSION } from '#shared/limits.ts'
import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import { createCalls } from '#server/calls/index.ts'
import { Connection } from '#server/platform/gateway/connection.ts'
import { createReceiver } from '#server/platform/gateway/receive.ts'
import { createTestClock } from '../server/testClock.ts'
import { NO_CHAT } from './noChat.ts'
import { alice, bob, carol, legRef, uuid } from './people.ts'
import type { UserLeg } from '#server/calls/registry/call.ts'

const PEOPLE = [alice, bob, carol]
const log = pino({ level: 'silent' })
export const EPOCH = uuid(0xe)

/** What the server wrote to a socket. */
export interface Written {
  replyTo?: number | null
  ok?: boolean
  n?: number
  type?: string
  body?: Record<string, unknown>
  error?: { code: string; field?: string; retryAfterMs?: number }
}

/** The server from a socket's text to the journal, without a network: for the rules of frames. */
export function aCallGate({ reloadGraceMs = LEG_UNLOAD_GRACE_MS } = {}) {
  const clock = createTestClock()
  const journal: string[] = []
  const note = (line: string): Promise<void> => {
    journal.push(line)
    return Promise.resolve()
  }
  const calls = createCalls({
    clock,
    log,
    epoch: EPOCH,
    ice: { stunUrls: [], turn: null },
    reloadGraceMs,
    invites: createLimiter({ count: INVITES_PER_MINUTE, windowMs: 60_000 }),
    journal: {
      opened: ({ callId }) => note(`opened ${callId}`),
      accepted: (callId) => note(`accepted ${callId}`),
      closed: ({ outcome }) => note(`closed ${outcome}`),
      past: () => Promise.resolve(null),
      rejectText: ({ text }) => note(`text ${text}`),
      moved: (callId) => note(`moved ${callId}`),
      open: () => Promise.resolve([]),
      canWrite: () => Promise.resolve(true),
    },
    spool: { left: () => [], add: () => Promise.resolve(), replace: () => Promise.resolve() },
    refusal: () => Promise.resolve(null),
    userView: (userId) =>
      Promise.resolve(PEOPLE.find(({ view }) => view.id === userId)?.view ?? null),
  })
  const superseded: UserLeg[] = []
  const receive = createReceiver({
    epoch: EPOCH,
    now: () => clock.now(),
    elapsed: () => clock.elapsed(),
    log,
    handlers: { ...calls.handlers, ...NO_CHAT },
    legs: calls.legs,
    supersede: (leg) => void superseded.push(leg),
  })

  /** A socket of this leg's user that is open and has said nothing yet. */
  function open(leg: UserLeg) {
    const written: Written[] = []
    const closedWith: number[] = []
    const socket = {
      readyState: 1,
      OPEN: 1,
      bufferedAmount: 0,
      send: (text: string) => void written.push(JSON.parse(text) as Written),
      close: (code: number) => void closedWith.push(code),
      isPaused: false,
      pause() {
        this.isPaused = true
      },
      resume() {
        this.isPaused = false
      },
    }
    const stream = { cork: () => undefined, uncork: () => undefined } as unknown as Duplex
    const owner = { userId: leg.userId, sessionId: 'one', expiresAt: Infinity }
    const connection = new Connection(
      { socket: socket as unknown as WebSocket, stream },
      owner,
      clock.now(),
    )
    const say = (type: string, body: object = {}, id?: number): void => {
      receive(connection, JSON.stringify({ id, type, body }))
    }
    return {
      written,
      closedWith,
      connection,
      get isPaused() {
        return socket.isPaused
      },
      say,
      /** Text as it is. */
      sayRaw: (text: string) => {
        receive(connection, text)
      },
      hello(parts: object = {}) {
        const who = { ...legRef(leg), userId: leg.userId }
        const body = { protocol: PROTOCOL_VERSION, ...who, received: 0, epoch: null }
        say('hello', { ...body, ...parts }, 1)
      },
      lose() {
        calls.legs.detached(leg, connection, connection.unloading)
      },
    }
  }

  return { clock, calls, journal, superseded, open }
}

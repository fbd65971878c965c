import { HEARTBEAT_INTERVAL_MS, REQUEST_RETRY_MS } from '#shared/limits.ts'
import { patienceOf, type CallPush, type Request } from '#shared/protocol/envelope.ts'
import { createSequence } from '#client/platform/socket/sequence.ts'
import type { UserLeg } from '#server/calls/registry/call.ts'
import type { Arbiter, Wire } from './arbiter.ts'
import type { Network } from './network.ts'
import type { Answer } from './serverLife.ts'
import type { VirtualClock } from './virtualClock.ts'

/** Patience with a gap between numbered frames, as the socket service has it. */
const GAP_PATIENCE_MS = 300
const HANDSHAKE_MS = 30
/** A server that is not there is tried again. */
const RETRY_MS = 1_000

export interface TabSocketOptions {
  readonly leg: UserLeg
  readonly clock: VirtualClock
  readonly network: Network
  readonly arbiter: Arbiter
  readonly onPush: (push: CallPush) => void
  /** The way was lost and is back. */
  readonly onBack: () => void
}

/** The tab's end of its socket: repeats what nobody answered, puts call frames into their order. */
export interface TabSocket {
  readonly isOnline: boolean
  connect(): void
  /** The way breaks; the server notices when it notices. */
  cut(serverNoticesInMs: number): void
  /** The server is gone: the way breaks, and another one is sought. */
  drop(retryInMs: number): void
  /** The page is gone, and with it whoever waits for an answer. Without a bye the server notices later. */
  close(saysBye: boolean, noticedInMs: number): void
  /** @returns have it not said again */
  request(request: Request, settle: (answer: Answer) => void): () => void
  /** Requests that nobody has answered. */
  readonly unanswered: number
}

interface Pending {
  readonly request: Request
  readonly settle: (answer: Answer) => void
  stop: () => void
}

export function createTabSocket(options: TabSocketOptions): TabSocket {
  const { leg, clock, network, arbiter, onPush, onBack } = options
  const sequence = createSequence()
  const waiting = new Map<number, Pending>()
  /** Those that nobody needs any more. */
  const silenced = new Set<number>()
  let wire: Wire | null = null
  let isOnline = false
  let isGone = false
  let hasBeenOnline = false
  let epoch = 0
  let lastId = 0
  let losses = 0
  let isProbing = false
  let stopGapTimer = (): void => undefined

  const isCurrent = (mine: Wire): boolean => wire === mine && mine.isOpen

  function connect(): void {
    if (isGone || wire !== null) return
    if (!arbiter.isUp) {
      clock.after(RETRY_MS, connect)
      return
    }
    const mine: Wire = {
      isOpen: true,
      send: (frame) => {
        carryDown(mine, frame.toString())
      },
    }
    wire = mine
    clock.after(HANDSHAKE_MS, () => {
      if (!isCurrent(mine)) return
      // The reply to the hello comes before any frame, and says whether the count goes on.
      if (epoch !== arbiter.epoch) sequence.restart()
      epoch = arbiter.epoch
      arbiter.attach(leg, mine, sequence.received)
      clock.after(HANDSHAKE_MS, () => {
        if (isCurrent(mine) && !isOnline) comeOnline()
      })
    })
  }

  function comeOnline(): void {
    isOnline = true
    if (hasBeenOnline) onBack()
    hasBeenOnline = true
    for (const id of waiting.keys()) if (!silenced.has(id)) say(id)
  }

  function carryDown(mine: Wire, text: string): void {
    const arrives = network.carry(() => {
      if (isCurrent(mine)) take(text)
    })
    if (arrives) return
    losses += 1
    probeLater()
  }

  function take(text: string): void {
    // The reply to the hello comes before any frame.
    if (!isOnline) comeOnline()
    // Written by our own server a moment ago; the protocol's own tests parse such frames.
    const { n, ...push } = JSON.parse(text) as CallPush & { n: number }
    for (const due of sequence.take(n, push)) onPush(due as CallPush)
    stopGapTimer()
    if (sequence.isBehind(n)) stopGapTimer = clock.after(GAP_PATIENCE_MS, helloAgain)
  }

  function helloAgain(): void {
    const mine = wire
    if (mine === null || !isOnline) return
    const { received } = sequence
    network.carry(() => {
      if (isCurrent(mine)) arbiter.attach(leg, mine, received)
    })
  }

  /** The heartbeat; it is only played while a lost frame makes it matter. */
  function probeLater(): void {
    if (isProbing || isGone) return
    isProbing = true
    clock.after(HEARTBEAT_INTERVAL_MS, probe)
  }

  function probe(): void {
    isProbing = false
    if (wire === null || isGone) return
    const lossesThen = losses
    probeLater()
    sendUp({ type: 'ping', body: { received: sequence.received } }, (answer) => {
      if (!answer.ok || !('sent' in answer.body)) return
      if (sequence.isBehind(Number(answer.body.sent))) helloAgain()
      else if (losses === lossesThen) isProbing = false
    })
  }

  function sendUp(request: Request, settle: (answer: Answer) => void): void {
    const mine = wire
    if (mine === null || !isOnline) return
    network.carry(() => {
      if (!mine.isOpen) return
      arbiter.receive(leg, request, (answer) => {
        network.carry(() => {
          if (isCurrent(mine)) settle(answer)
        })
      })
    })
  }

  function say(id: number): void {
    const pending = waiting.get(id)
    if (pending === undefined) return
    sendUp(pending.request, (answer) => {
      finish(id, answer)
    })
  }

  function finish(id: number, answer: Answer): void {
    const pending = waiting.get(id)
    if (pending === undefined) return
    waiting.delete(id)
    pending.stop()
    pending.settle(answer)
  }

  function sayAgain(id: number): void {
    if (!waiting.has(id) || silenced.has(id)) return
    say(id)
    clock.after(REQUEST_RETRY_MS, () => {
      sayAgain(id)
    })
  }

  return {
    get isOnline() {
      return isOnline
    },
    get unanswered() {
      return waiting.size
    },
    connect,
    cut(serverNoticesInMs) {
      const old = wire
      if (old === null) return
      old.isOpen = false
      isOnline = false
      wire = null
      clock.after(serverNoticesInMs, () => {
        arbiter.lose(leg, old, false)
      })
    },
    drop(retryInMs) {
      if (wire === null) return
      isOnline = false
      wire = null
      clock.after(retryInMs, connect)
    },
    close(saysBye, noticedInMs) {
      isGone = true
      isOnline = false
      for (const { stop } of waiting.values()) stop()
      waiting.clear()
      const old = wire
      wire = null
      if (old === null) return
      // What was on its way arrives before it.
      clock.after(saysBye ? network.weather.delayMs : noticedInMs, () => {
        arbiter.lose(leg, old, saysBye)
      })
    },
    request(request, settle) {
      lastId += 1
      const id = lastId
      const stop = clock.after(patienceOf(request.type), () => {
        finish(id, { ok: false, code: 'request/timed-out' })
      })
      waiting.set(id, { request, settle, stop })
      sayAgain(id)
      return () => {
        silenced.add(id)
      }
    },
  }
}

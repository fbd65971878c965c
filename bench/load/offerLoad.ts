import { setTimeout as pause } from 'node:timers/promises'
import { percentile } from '../report/statistics.ts'
import { costNow, type Cost } from './probe.ts'
import type { LoadClient, Side } from './side.ts'
import { signalOf, stampOf, type SignalKind } from './signals.ts'

export interface Load {
  readonly kind: SignalKind
  /** Signals a second, from all clients in turn. */
  readonly rate: number
  readonly durationMs: number
}

/** What one step of load has shown. */
export interface StepResult {
  /** Sent a second, over offered a second. */
  readonly pace: number
  readonly sent: number
  /** Never came, or were refused. */
  readonly lost: number
  /** ms from send to receipt. */
  readonly p50Ms: number
  readonly p99Ms: number
  /** Part of a core that the generator used while it sent. */
  readonly generatorCpu: number
  /** CPU time of the server for one signal, in µs. */
  readonly serverUs: number
  /** Part of the time in which the server could have run and others had its core. */
  readonly serverWaited: number
}

/** How long signals may still be on their way after the last one was sent. */
const DRAIN_MS = 4_000

export interface Loader {
  /** Send at a steady pace, whatever comes back, and wait for what is on its way. */
  offer(load: Load): Promise<StepResult>
}

/** The generator of one side: it numbers the signals and notices each that arrives. */
export function createLoader(side: Side, clients: readonly LoadClient[]): Loader {
  let step = { first: 0, sentAt: new Float64Array(), delays: [] as number[], refused: 0 }
  let lastStamp = 0
  let turn = 0

  function receive(client: LoadClient, frame: Buffer): void {
    const stamp = stampOf(frame)
    if (stamp < 0) {
      if (client.isRefusal(frame)) step.refused += 1
      return
    }
    const sentAt = step.sentAt[stamp - step.first]
    // One of an earlier, overloaded step is lost, however late it comes.
    if (sentAt !== undefined) step.delays.push(performance.now() - sentAt)
  }

  for (const client of clients) {
    client.socket.on('message', (frame: Buffer) => {
      receive(client, frame)
    })
  }

  function send(kind: SignalKind, nth: number): void {
    const client = clients[turn % clients.length]
    turn += 1
    if (client === undefined) return
    lastStamp += 1
    const frame = client.frameOf(signalOf(kind, lastStamp))
    step.sentAt[nth] = performance.now()
    client.socket.send(frame)
  }

  /** @returns how many could be sent in the time */
  async function sendAll({ kind, rate, durationMs }: Load): Promise<number> {
    const startedAt = performance.now()
    const total = Math.round((rate * durationMs) / 1000)
    let sent = 0
    for (;;) {
      const elapsedMs = performance.now() - startedAt
      const due = Math.min(total, Math.floor((elapsedMs * rate) / 1000))
      for (; sent < due; sent += 1) send(kind, sent)
      if (elapsedMs >= durationMs) return sent
      await pause(1)
    }
  }

  async function drain(sent: number): Promise<void> {
    const until = performance.now() + DRAIN_MS
    while (step.delays.length + step.refused < sent && performance.now() < until) await pause(10)
  }

  return {
    async offer(load) {
      const total = Math.round((load.rate * load.durationMs) / 1000)
      step = { first: lastStamp + 1, sentAt: new Float64Array(total), delays: [], refused: 0 }
      const before = await side.cost()
      const own = costNow()
      const startedAt = performance.now()
      const sent = await sendAll(load)
      const elapsedMs = performance.now() - startedAt
      const generatorCpu = (costNow().cpuMs - own.cpuMs) / elapsedMs
      await drain(sent)
      const after = await side.cost()
      const wallMs = performance.now() - startedAt
      return {
        pace: ((sent / elapsedMs) * 1000) / load.rate,
        sent,
        lost: sent - step.delays.length,
        ...delaysOf(step.delays),
        generatorCpu,
        serverUs: ((after.cpuMs - before.cpuMs) * 1000) / sent,
        serverWaited: waitedOf(before, after) / wallMs,
      }
    },
  }
}

function delaysOf(delays: readonly number[]): { p50Ms: number; p99Ms: number } {
  const sorted = Float64Array.from(delays).sort()
  return { p50Ms: percentile(sorted, 50), p99Ms: percentile(sorted, 99) }
}

const waitedOf = (before: Cost, after: Cost): number =>
  before.waitedMs === null || after.waitedMs === null
    ? Number.NaN
    : after.waitedMs - before.waitedMs

/**
 * Signals and messages at a steady pace, each alone and both together [L2] [L3] [L8]: how late they
 * are, and how late the server's event loop. Whoever a message is for is there.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { uuidv7 } from 'uuidv7'
import { beatAll } from './load/beats.ts'
import { bindLoad } from './load/cores.ts'
import { watchDeliveries, type Deliveries } from './load/deliveries.ts'
import { createLoader, type Loader } from './load/offerLoad.ts'
import { openLines } from './load/openLines.ts'
import { costNow } from './load/probe.ts'
import type { LoadClient, Side } from './load/side.ts'
import { startAhoy, type AhoyLine } from './load/sides/ahoy.ts'
import { writeResults } from './report/results.ts'
import { percentile, spreadOf } from './report/statistics.ts'
import { printTable, showNumber, showSpread } from './report/table.ts'

/** Enough that no socket comes near our limit of 100 frames a second. */
const CALLS = 150
const WRITERS = 100
const ROUNDS = 3
const BEAT_MS = 5_000
const WARM_UP_MS = 2_000
const DURATION_MS = 4_000
/** What is still on its way after the last one was sent. */
const DRAIN_MS = 2_000
const TEXT = '周六八点东门见，记得带水'

/** So many a second. */
interface Offer {
  readonly signals: number
  readonly messages: number
}

const OFFERS: readonly Offer[] = [
  { signals: 5_000, messages: 0 },
  { signals: 0, messages: 2_000 },
  { signals: 2_500, messages: 1_000 },
  { signals: 4_000, messages: 1_500 },
  { signals: 5_000, messages: 2_000 },
]

interface Round {
  readonly signalP99Ms: number
  readonly ackP99Ms: number
  readonly deliveredP99Ms: number
  /** Share of what was offered that did not come. */
  readonly lost: number
  readonly loopP99Ms: number
  /** Part of a core. */
  readonly serverCpu: number
  readonly generatorCpu: number
}

interface Stage {
  readonly side: Side
  readonly loader: Loader
  readonly writers: readonly AhoyLine[]
  readonly deliveries: Deliveries
  /** What the event loop was late each time it was asked for since this was, ms. */
  readonly takeLoop: () => number
}

/** Each time somebody asks, the server forgets how late it was. */
function listening(side: Side): { side: Side; takeLoop: () => number } {
  let worst = 0
  return {
    side: {
      ...side,
      async cost(question) {
        const cost = await side.cost(question)
        worst = Math.max(worst, cost.loopP99Ms)
        return cost
      },
    },
    takeLoop() {
      const taken = worst
      worst = 0
      return taken
    },
  }
}

async function setUp(started: Side): Promise<Stage> {
  const { side, takeLoop } = listening(started)
  const lines = await openLines(side, 0, (CALLS + WRITERS) * 2)
  const clients: LoadClient[] = []
  for (let at = 0; at < CALLS * 2; at += 2) {
    const [a, b] = [lines[at], lines[at + 1]]
    if (a !== undefined && b !== undefined) clients.push(...(await side.join(a, b)))
  }
  const others = lines.slice(CALLS * 2) as AhoyLine[]
  beatAll([...clients, ...others], BEAT_MS)
  const writers = others.filter((_, at) => at % 2 === 0)
  const deliveries = watchDeliveries(others.filter((_, at) => at % 2 === 1))
  return { side, loader: createLoader(side, clients), writers, deliveries, takeLoop }
}

/** @returns how long each acknowledgement took, ms, of those that came */
async function writeAll({ writers, deliveries }: Stage, rate: number): Promise<number[]> {
  const delays: number[] = []
  const startedAt = performance.now()
  const total = (rate * DURATION_MS) / 1_000
  let sent = 0
  while (sent < total) {
    const due = Math.min(total, Math.floor(((performance.now() - startedAt) * rate) / 1_000))
    for (; sent < due; sent += 1) {
      const line = writers[sent % writers.length]
      if (line === undefined) throw new Error('nobody writes')
      const [id, at] = [uuidv7(), performance.now()]
      deliveries.sent(id)
      const { conversationId } = line
      void line.ask('chat.send', { id, conversationId, text: TEXT }).then(() => {
        delays.push(performance.now() - at)
      })
    }
    await pause(1)
  }
  const until = performance.now() + DRAIN_MS
  while (delays.length < total && performance.now() < until) await pause(10)
  return delays
}

const p99Of = (delays: readonly number[]): number =>
  percentile(
    delays.toSorted((a, b) => a - b),
    99,
  )

async function play(stage: Stage, { signals, messages }: Offer): Promise<Round> {
  const { side, loader, deliveries, takeLoop } = stage
  const [before, own] = [await side.cost(), costNow()]
  takeLoop()
  deliveries.take()
  const startedAt = performance.now()
  const load = { kind: 'candidate', rate: signals, durationMs: DURATION_MS } as const
  const [signalled, acks] = await Promise.all([
    signals > 0 ? loader.offer(load) : null,
    writeAll(stage, messages),
  ])
  const elapsedMs = performance.now() - startedAt
  const after = await side.cost()
  const sent = (messages * DURATION_MS) / 1_000
  const lost = (signalled?.lost ?? 0) + sent - acks.length
  return {
    signalP99Ms: signalled?.p99Ms ?? Number.NaN,
    ackP99Ms: p99Of(acks),
    deliveredP99Ms: p99Of(deliveries.take()),
    lost: lost / ((signalled?.sent ?? 0) + sent),
    loopP99Ms: takeLoop(),
    serverCpu: (after.cpuMs - before.cpuMs) / elapsedMs,
    generatorCpu: (costNow().cpuMs - own.cpuMs) / elapsedMs,
  }
}

function rowOf({ signals, messages }: Offer, rounds: readonly Round[]): string[] {
  const spread = (pick: (round: Round) => number): string => showSpread(spreadOf(rounds.map(pick)))
  return [
    showNumber(signals),
    showNumber(messages),
    spread(({ signalP99Ms }) => signalP99Ms),
    spread(({ ackP99Ms }) => ackP99Ms),
    spread(({ deliveredP99Ms }) => deliveredP99Ms),
    spread(({ loopP99Ms }) => loopP99Ms),
    spread(({ lost }) => lost * 100),
    spread(({ serverCpu }) => serverCpu * 100),
    spread(({ generatorCpu }) => generatorCpu * 100),
  ]
}

const isBound = bindLoad()
console.log(isBound ? 'server on core 0, the others on core 1' : 'all on whichever core is free')
const side = await startAhoy(
  { clients: (CALLS + WRITERS) * 2 },
  { MESSAGES_PER_10_SECONDS: '1000000' },
)
const levels = new Map<Offer, Round[]>(OFFERS.map((offer) => [offer, []]))
try {
  const stage = await setUp(side)
  await stage.loader.offer({ kind: 'candidate', rate: 2_000, durationMs: WARM_UP_MS })
  await writeAll(stage, 1_000)
  for (let round = 1; round <= ROUNDS; round += 1) {
    console.log(`round ${round} of ${ROUNDS}`)
    for (const [offer, rounds] of levels) rounds.push(await play(stage, offer))
  }
} finally {
  await side.stop()
}
printTable(
  `At a steady pace, ${ROUNDS} rounds: median (range); aims: signals ≤ 25 ms, messages ≤ 50 ms, loop ≤ 30 ms`,
  [
    'signals/s',
    'messages/s',
    'signal p99 ms',
    'ack p99 ms',
    'delivered p99 ms',
    'loop p99 ms',
    'lost %',
    'server CPU %',
    'generator CPU %',
  ],
  [...levels].map(([offer, rounds]) => rowOf(offer, rounds)),
)
await writeResults('together', {
  isBound,
  levels: [...levels].map(([offer, rounds]) => ({ ...offer, rounds })),
})
process.exit()

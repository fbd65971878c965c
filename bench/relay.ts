/**
 * Signals relayed a second: our server, with every frame authorised within a real call and every one
 * acknowledged, beside PeerJS's server and Socket.IO, which relay to whoever is named. Each server
 * has one core, the generator another; the sides take turns at every step of load.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { beatAll } from './load/beats.ts'
import { bindLoad } from './load/cores.ts'
import { highest, levelOf, P99_MAX_MS, type Level } from './load/level.ts'
import { createLoader, type Load, type Loader, type StepResult } from './load/offerLoad.ts'
import { openLines } from './load/openLines.ts'
import type { LoadClient, Side } from './load/side.ts'
import { startAhoy } from './load/sides/ahoy.ts'
import { startPeerjs } from './load/sides/peerjs.ts'
import { startSocketio } from './load/sides/socketio.ts'
import { writeResults } from './report/results.ts'
import { printTable, showNumber, showSpread } from './report/table.ts'

/** Enough that no socket comes near our limit of 100 frames a second. */
const PAIRS = 150
const ROUNDS = 4
const BEAT_MS = 5_000
const WARM_UP: Load = { kind: 'candidate', rate: 4_000, durationMs: 2_500 }
const CANDIDATES: readonly Load[] = [1_000, 2_000, 5_000, 10_000, 15_000, 20_000].map((rate) => ({
  kind: 'candidate',
  rate,
  durationMs: 2_000,
}))
/** In all rounds together fewer than a leg may send in a minute [CA15]. */
const OFFERS: Load = { kind: 'offer', rate: 1_000, durationMs: 1_200 }
const NAMED_RATE = 5_000

interface Contestant {
  readonly side: Side
  readonly loader: Loader
  readonly rounds: Map<Load, StepResult[]>
}

async function enter(side: Side): Promise<Contestant> {
  const lines = await openLines(side, 0, PAIRS * 2)
  const clients: LoadClient[] = []
  for (let at = 0; at + 1 < lines.length; at += 2) {
    const [a, b] = [lines[at], lines[at + 1]]
    if (a !== undefined && b !== undefined) clients.push(...(await side.join(a, b)))
  }
  beatAll(clients, BEAT_MS)
  return { side, loader: createLoader(side, clients), rounds: new Map() }
}

async function measure({ loader, rounds }: Contestant, load: Load): Promise<void> {
  const result = await loader.offer(load)
  rounds.set(load, [...(rounds.get(load) ?? []), result])
}

/** What the server before leaves to be tidied up, it does on the same core: it gets a moment for it. */
const SETTLE_MS = 500

/** Another one begins each time, and who follows whom changes too. */
function turned<T>(list: readonly T[], by: number): T[] {
  const order = list.map((_, at) => list[(at + by) % list.length] as T)
  return by % 2 === 0 ? order : order.reverse()
}

async function playRounds(contestants: readonly Contestant[]): Promise<void> {
  for (const { loader } of contestants) await loader.offer(WARM_UP)
  for (let round = 0; round < ROUNDS; round += 1) {
    console.log(`round ${round + 1} of ${ROUNDS}`)
    for (const load of [...CANDIDATES, OFFERS]) {
      for (const contestant of turned(contestants, round)) {
        await pause(SETTLE_MS)
        await measure(contestant, load)
      }
    }
  }
}

const levelsOf = ({ rounds }: Contestant, loads: readonly Load[]): Level[] =>
  loads.map((load) => levelOf(load.rate, rounds.get(load) ?? []))

const COLUMNS = [
  'server',
  'offered/s',
  'p50 ms',
  'p99 ms',
  'lost %',
  'server µs a signal',
  'server waited %',
  'generator %',
  'verdict',
]

const rowOf = (name: string, level: Level): string[] => [
  name,
  showNumber(level.rate),
  showSpread(level.p50Ms),
  showSpread(level.p99Ms),
  showNumber(level.loss * 100),
  showSpread(level.serverUs),
  showNumber(level.serverWaited * 100),
  showNumber(level.generatorCpu * 100),
  level.verdict,
]

function summaryRow({ name }: Side, levels: readonly Level[]): string[] {
  const named = levels.find(({ rate }) => rate === NAMED_RATE)
  const best = highest(levels)
  return [
    name,
    best === null ? '–' : showNumber(best.rate),
    named === undefined ? '–' : showSpread(named.p50Ms),
    named === undefined ? '–' : showSpread(named.p99Ms),
    named === undefined ? '–' : showSpread(named.serverUs),
  ]
}

function report(contestants: readonly Contestant[]): object {
  const table = (loads: readonly Load[]): string[][] =>
    loads.flatMap((load) =>
      contestants.flatMap((one) =>
        levelsOf(one, [load]).map((level) => rowOf(one.side.name, level)),
      ),
    )
  printTable(
    `Candidates, ${PAIRS} pairs, ${ROUNDS} rounds: median (range)`,
    COLUMNS,
    table(CANDIDATES),
  )
  printTable('Offers of 6 kB', COLUMNS, table([OFFERS]))
  printTable(
    `Highest load with p99 ≤ ${P99_MAX_MS} ms on one core, and at ${NAMED_RATE}/s`,
    ['server', 'signals/s', 'p50 ms', 'p99 ms', 'server µs a signal'],
    contestants.map((one) => summaryRow(one.side, levelsOf(one, CANDIDATES))),
  )
  return contestants.map((one) => ({
    server: one.side.name,
    candidates: levelsOf(one, CANDIDATES),
    offers: levelsOf(one, [OFFERS]),
    rounds: [...one.rounds].map(([load, results]) => ({ load, results })),
  }))
}

const isBound = bindLoad()
console.log(isBound ? 'servers on core 0, generator on core 1' : 'all on whichever core is free')
const sides = await Promise.all([startAhoy({ clients: PAIRS * 2 }), startPeerjs(), startSocketio()])
try {
  const contestants: Contestant[] = []
  for (const side of sides) contestants.push(await enter(side))
  await playRounds(contestants)
  await writeResults('relay', { isBound, pairs: PAIRS, servers: report(contestants) })
} finally {
  await Promise.all(sides.map((side) => side.stop()))
}
process.exit()

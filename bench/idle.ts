/**
 * Memory of an idle socket, and what heartbeats cost: our server, where each socket is that of
 * another user who is logged in, beside PeerJS's server and Socket.IO, each with the heartbeats of
 * its own client. The servers run at the same time, so that they suffer the same neighbours.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { beatAll } from './load/beats.ts'
import { bindLoad } from './load/cores.ts'
import { openLines } from './load/openLines.ts'
import type { Cost } from './load/probe.ts'
import type { Line, Side } from './load/side.ts'
import { startAhoy } from './load/sides/ahoy.ts'
import { startPeerjs } from './load/sides/peerjs.ts'
import { startSocketio } from './load/sides/socketio.ts'
import { writeResults } from './report/results.ts'
import { spreadOf, type Spread } from './report/statistics.ts'
import { printTable, showNumber, showSpread } from './report/table.ts'

/** With the ones before, and three servers: below a limit of 20,000 files for the generator. */
const SOCKETS = 5_000
/** Open before anything is counted: by then all code is loaded and compiled, and every cache many. */
const WARM_UP = 1_000
/** Before that they beat fast for a while, or the memory of their reading would be counted too. */
const WARM_UP_BEAT_MS = 250
const WARM_UP_MS = 1_500
/** How long the sockets of each round only beat; the first one is for the CPU time. */
const WATCHED_MS = [30_000, 2_000, 2_000]
const BEAT_MS = 5_000
const SETTLE_TRIES = 2
const SETTLE_MS = 700

/** One server in one round. */
interface Round {
  readonly name: string
  /** kB = 1,000 bytes a socket, after garbage collection. */
  readonly rssKb: number
  readonly heapKb: number
  /** As it stands, garbage included. */
  readonly untidyRssKb: number
  /** CPU time of an open socket with all that logging in takes, in µs. */
  readonly openUs: number
  /** Part of a core while nothing but heartbeats happens. */
  readonly beatCpu: number
  readonly watchedMs: number
  readonly dropped: number
}

async function settled(side: Side): Promise<Cost> {
  for (let again = 1; again < SETTLE_TRIES; again += 1) {
    await side.cost({ settle: true })
    await pause(SETTLE_MS)
  }
  return side.cost({ settle: true })
}

const isOpen = ({ socket }: Line): boolean => socket.readyState === socket.OPEN
const perSocketKb = (after: number, before: number): number => (after - before) / SOCKETS / 1_000

interface Watched {
  readonly side: Side
  readonly lines: readonly Line[]
  readonly few: Cost
  readonly many: Cost
}

async function fill(side: Side): Promise<Watched> {
  const first = await openLines(side, 0, WARM_UP)
  const stop = beatAll(first, WARM_UP_BEAT_MS)
  await pause(WARM_UP_MS)
  stop()
  const few = await settled(side)
  const lines = [...first, ...(await openLines(side, WARM_UP, WARM_UP + SOCKETS))]
  return { side, lines, few, many: await side.cost() }
}

async function watch(watched: readonly Watched[], watchedMs: number): Promise<Round[]> {
  const before = await Promise.all(watched.map(({ side }) => side.cost()))
  await pause(watchedMs)
  return Promise.all(
    watched.map(async ({ side, lines, few, many }, at) => {
      const untidy = await side.cost()
      const tidy = await settled(side)
      return {
        name: side.name,
        rssKb: perSocketKb(tidy.rssBytes, few.rssBytes),
        heapKb: perSocketKb(tidy.heapBytes, few.heapBytes),
        untidyRssKb: perSocketKb(untidy.rssBytes, few.rssBytes),
        openUs: ((many.cpuMs - few.cpuMs) * 1_000) / SOCKETS,
        beatCpu: (untidy.cpuMs - (before[at]?.cpuMs ?? Number.NaN)) / watchedMs,
        watchedMs,
        dropped: lines.filter((line) => !isOpen(line)).length,
      }
    }),
  )
}

async function playRound(watchedMs: number): Promise<Round[]> {
  const sides = await Promise.all([
    startAhoy({ clients: WARM_UP + SOCKETS }),
    startPeerjs(),
    startSocketio(),
  ])
  const watched: Watched[] = []
  const stops: (() => void)[] = []
  try {
    for (const side of sides) {
      const filled = await fill(side)
      watched.push(filled)
      stops.push(beatAll(filled.lines, BEAT_MS))
    }
    return await watch(watched, watchedMs)
  } finally {
    for (const stop of stops) stop()
    for (const { lines } of watched) for (const { socket } of lines) socket.terminate()
    await Promise.all(sides.map((side) => side.stop()))
  }
}

const COLUMNS = [
  'server',
  'RSS kB a socket',
  'heap kB a socket',
  'RSS kB before gc',
  'opening µs',
  'heartbeats % of a core',
  'dropped',
]

function rowOf(name: string, rounds: readonly Round[]): string[] {
  const over = (pick: (round: Round) => number): Spread => spreadOf(rounds.map(pick))
  const [longest] = rounds
  return [
    name,
    showSpread(over(({ rssKb }) => rssKb)),
    showSpread(over(({ heapKb }) => heapKb)),
    showSpread(over(({ untidyRssKb }) => untidyRssKb)),
    showSpread(over(({ openUs }) => openUs)),
    showNumber((longest?.beatCpu ?? Number.NaN) * 100),
    showNumber(rounds.reduce((sum, { dropped }) => sum + dropped, 0)),
  ]
}

const isBound = bindLoad()
const rounds: Round[] = []
for (const [index, watchedMs] of WATCHED_MS.entries()) {
  console.log(`round ${index + 1} of ${WATCHED_MS.length}`)
  rounds.push(...(await playRound(watchedMs)))
}
const names = [...new Set(rounds.map(({ name }) => name))]
printTable(
  `${showNumber(SOCKETS)} idle sockets after the first ${showNumber(WARM_UP)}, on each server, ${WATCHED_MS.length} rounds: median (range)`,
  COLUMNS,
  names.map((name) =>
    rowOf(
      name,
      rounds.filter((round) => round.name === name),
    ),
  ),
)
await writeResults('idle', { isBound, sockets: SOCKETS, rounds })
process.exit()

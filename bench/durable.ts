/**
 * Messages acknowledged a second, each on disk before its acknowledgement [CH2], at 1, 10 and 100
 * senders who each write the next one when the last one is acknowledged; beside the commits that
 * this disk makes when nothing else is done, measured before each level. Whoever they write to is
 * there: how long the messages are on their way to them is measured, too [L3] [L8].
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { bindLoad } from './load/cores.ts'
import { commitsPerSecond } from './load/commits.ts'
import { watchDeliveries, type Deliveries } from './load/deliveries.ts'
import { makePeople, type Person } from './load/people.ts'
import { costNow } from './load/probe.ts'
import { startServer } from './load/serverProcess.ts'
import { openLine, type AhoyLine } from './load/sides/ahoy.ts'
import { writeResults } from './report/results.ts'
import { percentile, spreadOf } from './report/statistics.ts'
import { printTable, showNumber, showSpread } from './report/table.ts'

const SENDERS = [1, 10, 100] as const
const ROUNDS = 3
const WARM_UP_MS = 1_000
const DURATION_MS = 4_000
const COMMITS_MS = 1_500
const TEXT = '周六八点东门见，记得带水'

interface Round {
  readonly acknowledged: number
  readonly p50Ms: number
  readonly p99Ms: number
  /** From the sender to who it is for. */
  readonly deliveredP99Ms: number
  readonly delivered: number
  /** How late the server's event loop was. */
  readonly loopP99Ms: number
  /** Commits a second of the bare disk, just before. */
  readonly commits: number
  readonly serverUs: number
  readonly generatorCpu: number
}

/** A socket says no more than 100 frames a second: who sends more does so from one after the other. */
const CLIENTS_IN_ALL = 40
/** A user has no more sockets. */
const CLIENTS_EACH = 8

interface Sender {
  readonly lines: readonly AhoyLine[]
  sent: number
}

async function openSender(url: string, people: readonly Person[], count: number): Promise<Sender> {
  const lines: AhoyLine[] = []
  for (let at = 0; at < count; at += 1) {
    const person = people[at % people.length]
    if (person === undefined) throw new Error('a sender is somebody')
    lines.push(await openLine(url, person))
  }
  return { lines, sent: 0 }
}

async function send(sender: Sender, { sent }: Deliveries): Promise<number> {
  const line = sender.lines[sender.sent % sender.lines.length]
  sender.sent += 1
  if (line === undefined) throw new Error('a sender has no socket')
  const { conversationId } = line
  const startedAt = performance.now()
  const id = uuidv7()
  sent(id)
  await line.ask('chat.send', { id, conversationId, text: TEXT })
  return performance.now() - startedAt
}

interface Played {
  readonly senders: readonly Sender[]
  readonly deliveries: Deliveries
}

/** @returns how long each acknowledgement took, ms */
async function sendAll({ senders, deliveries }: Played, durationMs: number): Promise<number[]> {
  const until = performance.now() + durationMs
  const delays = senders.map(async (sender) => {
    const own: number[] = []
    while (performance.now() < until) own.push(await send(sender, deliveries))
    return own
  })
  return (await Promise.all(delays)).flat()
}

async function playRound(count: number): Promise<Round> {
  const commits = commitsPerSecond(COMMITS_MS)
  const dataDir = await mkdtemp(join(tmpdir(), 'ahoy-bench-'))
  const clients = Math.ceil(CLIENTS_IN_ALL / count)
  const each = Math.ceil(clients / CLIENTS_EACH)
  const pairs = await makePeople(dataDir, count * each * 2)
  const people = pairs.filter((_, at) => at % 2 === 0)
  const server = await startServer('src/server/main.ts', {
    DATA_DIR: dataDir,
    PORT: '0',
    HOST: '127.0.0.1',
    LOG_LEVEL: 'warn',
    MESSAGES_PER_10_SECONDS: '1000000',
  })
  try {
    const senders: Sender[] = []
    for (let at = 0; at < people.length; at += each) {
      senders.push(await openSender(server.url, people.slice(at, at + each), clients))
    }
    const receivers: AhoyLine[] = []
    for (const [at, person] of pairs.entries()) {
      if (at % 2 === 1) receivers.push(await openLine(server.url, person))
    }
    const played = { senders, deliveries: watchDeliveries(receivers) }
    await sendAll(played, WARM_UP_MS)
    played.deliveries.take()
    const [before, own] = [await server.cost(), costNow()]
    const startedAt = performance.now()
    const delays = (await sendAll(played, DURATION_MS)).toSorted((a, b) => a - b)
    const elapsedMs = performance.now() - startedAt
    const after = await server.cost()
    const delivered = played.deliveries.take().sort((a, b) => a - b)
    for (const { socket } of senders.flatMap(({ lines }) => lines)) socket.terminate()
    return {
      acknowledged: (delays.length * 1000) / elapsedMs,
      p50Ms: percentile(delays, 50),
      p99Ms: percentile(delays, 99),
      deliveredP99Ms: percentile(delivered, 99),
      delivered: delivered.length / delays.length,
      loopP99Ms: after.loopP99Ms,
      commits,
      serverUs: ((after.cpuMs - before.cpuMs) * 1000) / delays.length,
      generatorCpu: (costNow().cpuMs - own.cpuMs) / elapsedMs,
    }
  } finally {
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

function rowOf(senders: number, rounds: readonly Round[]): string[] {
  const spread = (pick: (round: Round) => number): string => showSpread(spreadOf(rounds.map(pick)))
  return [
    showNumber(senders),
    spread(({ acknowledged }) => acknowledged),
    spread(({ p50Ms }) => p50Ms),
    spread(({ p99Ms }) => p99Ms),
    spread(({ deliveredP99Ms }) => deliveredP99Ms),
    spread(({ loopP99Ms }) => loopP99Ms),
    spread(({ commits }) => commits),
    spread(({ acknowledged, commits }) => acknowledged / commits),
    spread(({ serverUs }) => serverUs),
    spread(({ generatorCpu }) => generatorCpu * 100),
  ]
}

const isBound = bindLoad()
console.log(isBound ? 'server on core 0, senders on core 1' : 'all on whichever core is free')
const levels = new Map<number, Round[]>(SENDERS.map((count) => [count, []]))
for (let round = 1; round <= ROUNDS; round += 1) {
  console.log(`round ${round} of ${ROUNDS}`)
  for (const [count, rounds] of levels) rounds.push(await playRound(count))
}
printTable(
  `Messages acknowledged, ${ROUNDS} rounds: median (range)`,
  [
    'senders',
    'acks/s',
    'p50 ms',
    'p99 ms',
    'delivered p99 ms',
    'loop p99 ms',
    'bare commits/s',
    'ratio',
    'server µs',
    'senders CPU %',
  ],
  [...levels].map(([count, rounds]) => rowOf(count, rounds)),
)
await writeResults('durable', { isBound, levels: Object.fromEntries(levels) })
process.exit()

/**
 * A group of 500 who are all there, in which twenty messages a second are written [L4]: 10,000 deliveries
 * a second, each in the feed of its reader.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { uuidv7 } from 'uuidv7'
import { insertGroup, join as joinGroup } from '../src/server/chat/conversations/groupRepository.ts'
import { inTransaction, openDatabase } from '../src/server/platform/database/database.ts'
import { GROUP_MAX_MEMBERS } from '../src/shared/limits.ts'
import { bindLoad } from './load/cores.ts'
import { watchDeliveries } from './load/deliveries.ts'
import { makePeople, type Person } from './load/people.ts'
import { costNow } from './load/probe.ts'
import { startServer } from './load/serverProcess.ts'
import { openLine, type AhoyLine } from './load/sides/ahoy.ts'
import { writeResults } from './report/results.ts'
import { percentile, spreadOf } from './report/statistics.ts'
import { printTable, showNumber, showSpread } from './report/table.ts'

const RATES = [1, 5, 10, 20] as const
const ROUNDS = 3
const DURATION_MS = 4_000
const DRAIN_MS = 4_000
/** So many write in turn: nobody more often than they may. */
const WRITERS = 20
const TEXT = '周六八点东门见，记得带水'

async function makeGroup(dataDir: string, people: readonly Person[]): Promise<string> {
  const db = await openDatabase(dataDir)
  const [id, at] = [uuidv7(), Date.now()]
  await inTransaction(db, async (trx) => {
    await insertGroup(trx, { id, name: 'Bench', createdAt: at })
    const userIds = people.map(({ userId }) => userId)
    await joinGroup(trx, { id, userIds, role: 'member', at })
  })
  await db.destroy()
  return id
}

interface Round {
  readonly delivered: number
  readonly ackP99Ms: number
  readonly deliveredP50Ms: number
  readonly deliveredP99Ms: number
  readonly loopP99Ms: number
  readonly serverCpu: number
  readonly generatorCpu: number
}

const isBound = bindLoad()
console.log(isBound ? 'server on core 0, the others on core 1' : 'all on whichever core is free')
const dataDir = await mkdtemp(join(tmpdir(), 'ahoy-bench-'))
const people = await makePeople(dataDir, GROUP_MAX_MEMBERS)
const conversationId = await makeGroup(dataDir, people)
const server = await startServer('src/server/main.ts', {
  DATA_DIR: dataDir,
  PORT: '0',
  HOST: '127.0.0.1',
  LOG_LEVEL: 'warn',
})
const lines: AhoyLine[] = []
for (const person of people) lines.push(await openLine(server.url, person))
const deliveries = watchDeliveries(lines)

async function play(rate: number): Promise<Round> {
  deliveries.take()
  const acks: number[] = []
  const count = (rate * DURATION_MS) / 1_000
  const [before, own, startedAt] = [await server.cost(), costNow(), performance.now()]
  for (let nth = 0; nth < count; nth += 1) {
    const [id, at] = [uuidv7(), performance.now()]
    deliveries.sent(id)
    void lines[nth % WRITERS]?.ask('chat.send', { id, conversationId, text: TEXT }).then(() => {
      acks.push(performance.now() - at)
    })
    await pause(Math.max(0, startedAt + ((nth + 1) * 1_000) / rate - performance.now()))
  }
  const elapsedMs = performance.now() - startedAt
  const [after, generated] = [await server.cost(), costNow()]
  const until = performance.now() + DRAIN_MS
  while (deliveries.count < count * lines.length && performance.now() < until) await pause(10)
  const delivered = deliveries.take().sort((a, b) => a - b)
  return {
    delivered: delivered.length / (count * lines.length),
    ackP99Ms: percentile(
      acks.toSorted((a, b) => a - b),
      99,
    ),
    deliveredP50Ms: percentile(delivered, 50),
    deliveredP99Ms: percentile(delivered, 99),
    loopP99Ms: after.loopP99Ms,
    serverCpu: (after.cpuMs - before.cpuMs) / elapsedMs,
    generatorCpu: (generated.cpuMs - own.cpuMs) / elapsedMs,
  }
}

function rowOf(rate: number, rounds: readonly Round[]): string[] {
  const spread = (pick: (round: Round) => number): string => showSpread(spreadOf(rounds.map(pick)))
  return [
    showNumber(rate),
    spread(({ ackP99Ms }) => ackP99Ms),
    spread(({ deliveredP50Ms }) => deliveredP50Ms),
    spread(({ deliveredP99Ms }) => deliveredP99Ms),
    spread(({ loopP99Ms }) => loopP99Ms),
    spread(({ delivered }) => (1 - delivered) * 100),
    spread(({ serverCpu }) => serverCpu * 100),
    spread(({ generatorCpu }) => generatorCpu * 100),
  ]
}

const levels = new Map<number, Round[]>(RATES.map((rate) => [rate, []]))
await play(5)
for (let round = 1; round <= ROUNDS; round += 1) {
  console.log(`round ${round} of ${ROUNDS}`)
  for (const [rate, rounds] of levels) rounds.push(await play(rate))
}
await server.stop()
await rm(dataDir, { recursive: true, force: true })
printTable(
  `Messages in a group of ${people.length}, ${ROUNDS} rounds: median (range); aim: 20 a second, p99 ≤ 100 ms`,
  [
    'messages/s',
    'ack p99 ms',
    'delivered p50 ms',
    'delivered p99 ms',
    'loop p99 ms',
    'lost %',
    'server CPU %',
    'generator CPU %',
  ],
  [...levels].map(([rate, rounds]) => rowOf(rate, rounds)),
)
await writeResults('crowd', { isBound, levels: Object.fromEntries(levels) })
process.exit()

/**
 * Everybody is cut at once [F9] [L5]: 5,000 people are here, the server is killed and started again,
 * and they come back as our client does. When has each of them what they missed, and how long does
 * whoever is back wait meanwhile?
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { uuidv7 } from 'uuidv7'
import { bindLoad } from './load/cores.ts'
import { makePeople, type Person } from './load/people.ts'
import { costNow } from './load/probe.ts'
import { startServer, type ServerProcess } from './load/serverProcess.ts'
import { openLine, type AhoyLine } from './load/sides/ahoy.ts'
import { writeResults } from './report/results.ts'
import { percentile } from './report/statistics.ts'
import { printTable } from './report/table.ts'

const PEOPLE = 5_000
/** Opened at a time at first, when nothing is measured. */
const AT_A_TIME = 64
/** The waiting times of our client between two tries (`createSocketService`). */
const FIRST_MS = { least: 300, spread: 700 }
const GROWTH = 1.5
const LONGEST_MS = 5_000
/** How long the loop is watched after everybody is back. */
const AFTER_MS = 10_000

async function inBatches<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  for (let at = 0; at < items.length; at += AT_A_TIME) {
    await Promise.all(items.slice(at, at + AT_A_TIME).map(work))
  }
}

/** Everybody is here, and every second one has written to the one beside. */
async function connectAll(url: string, people: readonly Person[]): Promise<AhoyLine[]> {
  const lines: AhoyLine[] = []
  await inBatches([...people.entries()], async ([index, person]) => {
    const line = await openLine(url, person)
    lines.push(line)
    if (index % 2 === 1) return
    const { conversationId } = person
    await line.ask('chat.send', { id: uuidv7(), conversationId, text: '东门见' })
  })
  return lines
}

interface Return {
  readonly line: AhoyLine
  /** When they had what they had missed, epoch ms. */
  readonly at: number
  readonly tries: number
}

async function comeBack(url: string, person: Person): Promise<Return> {
  let waitMs = FIRST_MS.least + Math.random() * FIRST_MS.spread
  for (let tries = 1; ; tries += 1) {
    await pause(waitMs)
    try {
      const line = await openLine(url, person)
      await line.ask('feed.get', { after: 0 })
      return { line, at: Date.now(), tries }
    } catch {
      waitMs = Math.min(LONGEST_MS, waitMs * GROWTH)
    }
  }
}

const isBound = bindLoad()
console.log(isBound ? 'server on core 0, people on core 1' : 'all on whichever core is free')
const dataDir = await mkdtemp(join(tmpdir(), 'ahoy-bench-'))
const people = await makePeople(dataDir, PEOPLE)
const start = (port: string): Promise<ServerProcess> =>
  startServer('src/server/main.ts', {
    DATA_DIR: dataDir,
    PORT: port,
    HOST: '127.0.0.1',
    LOG_LEVEL: 'warn',
  })
const first = await start('0')
const lines = await connectAll(first.url, people)
const before = await first.cost({ settle: true })

const killedAt = Date.now()
const returns = Promise.all(people.map((person) => comeBack(first.url, person)))
await first.kill()
for (const { socket } of lines) socket.terminate()
const second = await start(new URL(first.url).port)
const listeningAt = Date.now()
await second.cost()
const own = costNow()
const back = await returns
const elapsedMs = Date.now() - listeningAt
const during = await second.cost()
const generatorCpu = (costNow().cpuMs - own.cpuMs) / elapsedMs
await pause(AFTER_MS)
const quiet = await second.cost()
const after = await second.cost({ settle: true })

const sinceStart = back.map(({ at }) => at - listeningAt).sort((a, b) => a - b)
const sinceCut = back.map(({ at }) => at - killedAt).sort((a, b) => a - b)
const seconds = (ms: number): string => (ms / 1_000).toFixed(1)
printTable(
  `${PEOPLE} people come back after a kill; aim: all within 30 s, loop p99 ≤ 100 ms after 10 s, memory ≤ 1.5 of before`,
  ['', 'p50 s', 'p99 s', 'last s'],
  [
    ['since the server listens', ...[50, 99, 100].map((p) => seconds(percentile(sinceStart, p)))],
    ['since they were cut', ...[50, 99, 100].map((p) => seconds(percentile(sinceCut, p)))],
  ],
)
printTable(
  'The server meanwhile',
  [
    'loop p99 ms, coming',
    'loop p99 ms, after',
    'RSS before MB',
    'after MB',
    'ratio',
    'tries each',
    'people CPU %',
  ],
  [
    [
      during.loopP99Ms,
      quiet.loopP99Ms,
      Math.round(before.rssBytes / 1e6),
      Math.round(after.rssBytes / 1e6),
      after.rssBytes / before.rssBytes,
      back.reduce((sum, { tries }) => sum + tries, 0) / back.length,
      100 * generatorCpu,
    ],
  ],
)
await writeResults('reconnect', {
  isBound,
  people: PEOPLE,
  sinceStart: [50, 99, 100].map((p) => percentile(sinceStart, p)),
  sinceCut: [50, 99, 100].map((p) => percentile(sinceCut, p)),
  before,
  during,
  quiet,
  after,
  generatorCpu,
})
for (const { line } of back) line.socket.terminate()
await second.stop()
await rm(dataDir, { recursive: true, force: true })
process.exit()

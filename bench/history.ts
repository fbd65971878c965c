/**
 * A million messages of one person [L7]: how long the server takes to start, to give the newest page of
 * a conversation, the list of all of them, and what a search finds.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bindLoad } from './load/cores.ts'
import { fill, letter, wordOf } from './load/messages.ts'
import { makeCrowd } from './load/people.ts'
import { startServer } from './load/serverProcess.ts'
import { writeResults } from './report/results.ts'
import { percentile } from './report/statistics.ts'
import { printTable } from './report/table.ts'

const CONVERSATIONS = 100
const MESSAGES_EACH = 10_000
const ASKED = 500
const LISTED = 50
/** Of each kind: a person searches no more than sixty times a minute. */
const SEARCHED = 14
const isBound = bindLoad()
console.log(isBound ? 'server on core 0, who asks on core 1' : 'all on whichever core is free')
const dataDir = await mkdtemp(join(tmpdir(), 'ahoy-bench-'))
const crowd = await makeCrowd(dataDir, CONVERSATIONS)
console.log(`writing ${CONVERSATIONS * MESSAGES_EACH} messages …`)
fill({ dataDir, crowd, each: MESSAGES_EACH, areRead: true })

const env = { DATA_DIR: dataDir, PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'warn' }
const startedAt = performance.now()
const server = await startServer('src/server/main.ts', env)
const startMs = performance.now() - startedAt

async function ask(path: string): Promise<number> {
  const askedAt = performance.now()
  const answer = await fetch(`${server.url}${path}`, {
    headers: { cookie: `ahoy=${crowd.token}` },
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${path}: ${text}`)
  return performance.now() - askedAt
}

async function askAll(paths: readonly string[]): Promise<number[]> {
  const times: number[] = []
  for (const path of paths) times.push(await ask(path))
  return times.sort((a, b) => a - b)
}

const times = <T>(count: number, make: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at))
const conversation = (at: number): string =>
  crowd.others[(at * 37) % CONVERSATIONS]?.conversationId ?? ''
const searchFor = (word: string): string => `/api/messages/search?text=${encodeURIComponent(word)}`

const asked = {
  'newest page of a conversation': times(
    ASKED,
    (at) => `/api/conversations/${conversation(at)}/messages`,
  ),
  'a page in its middle': times(
    ASKED,
    (at) =>
      `/api/conversations/${conversation(at)}/messages?before=${1_000 + ((at * 131) % 8_000)}`,
  ),
  'list of all conversations': times(LISTED, () => '/api/conversations'),
  'search: a word of every fifth message': times(SEARCHED, (at) => searchFor(wordOf(at % 5))),
  'search: one of a few hundred messages': times(SEARCHED, (at) => searchFor(wordOf(600 + at))),
  'search: two words': times(SEARCHED, (at) => searchFor(`${wordOf(at % 5)} ${wordOf(90 - at)}`)),
  'search: a word that nobody wrote': times(SEARCHED, (at) => searchFor(`无${letter(at)}`)),
} satisfies Record<string, string[]>

const rows: [string, number, number, number][] = []
for (const [what, paths] of Object.entries(asked)) {
  const taken = await askAll(paths)
  const [p50 = 0, p99 = 0, longest = 0] = [50, 99, 100].map((p) => percentile(taken, p))
  rows.push([what, p50, p99, longest])
}
printTable(
  `${CONVERSATIONS * MESSAGES_EACH} messages; aims: page p99 ≤ 10 ms, search ≤ 150 ms, start ≤ 1,500 ms`,
  ['', 'p50 ms', 'p99 ms', 'longest ms'],
  [...rows, ['start of the server', startMs, startMs, startMs]],
)
await writeResults('history', { isBound, startMs, rows })
await server.stop()
await rm(dataDir, { recursive: true, force: true })
process.exit()

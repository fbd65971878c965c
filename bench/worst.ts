/**
 * The most expensive requests that a user can make, found by trying, with a million messages in the
 * database: how long the server's event loop stood still while one was answered. Nobody else is served then.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { uuidv7 } from 'uuidv7'
import { TEXT_MAX_CHARS } from '../src/shared/limits.ts'
import { bindLoad } from './load/cores.ts'
import { fillFeed, makeGroups } from './load/groups.ts'
import { fill, letter, wordOf } from './load/messages.ts'
import { makeCrowd } from './load/people.ts'
import type { Cost } from './load/probe.ts'
import { startServer } from './load/serverProcess.ts'
import { openLine } from './load/sides/ahoy.ts'
import { writeResults } from './report/results.ts'
import { spreadOf } from './report/statistics.ts'
import { printTable } from './report/table.ts'

const OTHERS = 490
const MESSAGES_EACH = 2_000
/** All of them are in so many groups. */
const GROUPS = 100
/** In one of them, besides. */
const SAID_IN_GROUP = 20_000
const QUOTES = 200
/** What somebody has not acknowledged who was away for weeks. */
const UNACKNOWLEDGED = 200_000
const ROUNDS = 3
/** What a request has begun goes on after its answer: the index comes a second later. */
const SETTLE_MS = 1_500
const AIM_MS = 50

/** 5,000 characters, no two alike. */
const longText = (round: number): string =>
  String.fromCodePoint(...Array.from({ length: TEXT_MAX_CHARS }, (_, at) => 0x4e00 + at + round))

const isBound = bindLoad()
console.log(isBound ? 'server on core 0, who asks on core 1' : 'all on whichever core is free')
const dataDir = await mkdtemp(join(tmpdir(), 'ahoy-bench-'))
const crowd = await makeCrowd(dataDir, OTHERS)
const [group = ''] = await makeGroups(dataDir, crowd, GROUPS)
console.log(`writing ${OTHERS * MESSAGES_EACH + SAID_IN_GROUP} messages …`)
fill({ dataDir, crowd, each: MESSAGES_EACH, areRead: false })
const inGroup = { ...crowd, others: [{ id: crowd.others[0]?.id ?? '', conversationId: group }] }
fill({ dataDir, crowd: inGroup, each: SAID_IN_GROUP, areRead: false })
const head = fillFeed(dataDir, crowd, UNACKNOWLEDGED)

const env = { DATA_DIR: dataDir, PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'warn' }
const server = await startServer('src/server/main.ts', {
  ...env,
  MESSAGES_PER_10_SECONDS: '1000000',
})
const line = await openLine(server.url, { ...crowd, conversationId: group })

async function get(path: string): Promise<unknown> {
  const headers = { cookie: `ahoy=${crowd.token}` }
  const answer = await fetch(`${server.url}${path}`, { headers })
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`)
  return answer.json()
}

const search = (text: string): Promise<unknown> =>
  get(`/api/messages/search?${new URLSearchParams({ text }).toString()}`)
const say = async (text: string, replyTo?: string): Promise<string> => {
  const id = uuidv7()
  const answers = replyTo === undefined ? {} : { replyTo }
  await line.ask('chat.send', { id, conversationId: group, text, ...answers })
  return id
}

async function sayQuoted(): Promise<string> {
  const quoted = await say('Who comes along?')
  for (let n = 0; n < QUOTES; n += 1) await say(`I do, ${n}`, quoted)
  return quoted
}

/** Change what is on disk behind the server's back. */
function execute(sql: string): void {
  const db = new DatabaseSync(join(dataDir, 'ahoy.sqlite'), { timeout: 5_000 })
  db.exec(sql)
  db.close()
}

interface Request {
  readonly what: string
  /** Not measured. @returns what the request is about */
  readonly prepare?: (round: number) => string | Promise<string>
  readonly run: (round: number, about: string) => Promise<unknown>
}

const letters = Array.from({ length: 50 }, (_, at) => letter(at)).join(' ')
const words = Array.from({ length: 20 }, (_, at) => wordOf(at) + wordOf(at + 1)).join(' ')
const requests: readonly Request[] = [
  { what: 'search: fifty times one letter', run: () => search('周 '.repeat(50)) },
  { what: 'search: fifty letters', run: () => search(letters) },
  { what: 'search: twenty words of four letters', run: () => search(words) },
  {
    what: 'search: a link in a long conversation that has none',
    run: () => get(`/api/messages/search?conversationId=${group}&kind=link`),
  },
  {
    what: 'search: where nothing is in the index',
    prepare: () => {
      execute('UPDATE conversations SET indexed_seq = 0')
      return ''
    },
    run: () => search('无人 说过'),
  },
  {
    what: 'list of 490 conversations, all unread, and 100 groups of 491',
    prepare: () => {
      execute('UPDATE conversations SET indexed_seq = last_seq')
      return ''
    },
    run: () => get('/api/conversations'),
  },
  { what: 'text of 5,000 characters in a group of 491', run: (round) => say(longText(round)) },
  {
    what: 'another text in its place',
    prepare: (round) => say(longText(round)),
    run: (round, id) =>
      line.ask('chat.edit', { id, conversationId: group, text: longText(9_000 + round) }),
  },
  {
    what: 'page of 50 texts of 5,000 characters',
    prepare: async (round) => {
      if (round === 0) for (let n = 0; n < 50; n += 1) await say(longText(n))
      return ''
    },
    run: () => get(`/api/conversations/${group}/messages`),
  },
  {
    what: 'change of a message that 200 others quote',
    prepare: sayQuoted,
    run: (_, id) => line.ask('chat.edit', { id, conversationId: group, text: 'Never mind' }),
  },
  {
    what: 'the same, taken back',
    prepare: sayQuoted,
    run: (_, id) => line.ask('chat.recall', { id, conversationId: group }),
  },
  {
    what: 'group of 491, begun',
    run: () =>
      line.ask('group.create', {
        id: uuidv7(),
        name: 'Bench',
        userIds: crowd.others.map(({ id }) => id),
      }),
  },
  {
    what: 'feed: a hundred entries of long texts',
    run: () => line.ask('feed.get', { after: head }),
  },
  { what: 'feed: a hundred groups of 491', run: () => line.ask('feed.get', { after: 0 }) },
  {
    what: 'feed: 200,000 entries acknowledged at once',
    prepare: () => {
      execute('UPDATE feed_heads SET acked_pos = 0; UPDATE members SET received_seq = 0')
      return ''
    },
    run: () => line.ask('feed.get', { after: head }),
  },
  { what: 'contacts', run: () => get('/api/contacts') },
]

/** Late by others on the core, or by the disk; and busy. */
type Taken = Pick<Cost, 'loopMaxMs' | 'turnMaxMs'>

async function measure({ prepare, run }: Request, round: number): Promise<Taken> {
  const about = (await prepare?.(round)) ?? ''
  await pause(SETTLE_MS)
  await server.cost({ settle: true })
  await server.cost()
  await run(round, about)
  await pause(SETTLE_MS)
  return server.cost()
}

const rows: [string, number, number, number][] = []
for (const request of requests) {
  const taken: Taken[] = []
  for (let round = 0; round < ROUNDS; round += 1) taken.push(await measure(request, round))
  const late = spreadOf(taken.map(({ loopMaxMs }) => loopMaxMs))
  const busy = spreadOf(taken.map(({ turnMaxMs }) => turnMaxMs))
  rows.push([request.what, late.median, late.max, busy.max])
  console.log(`${request.what}: busy ${busy.max.toFixed(0)} ms, late ${late.max.toFixed(0)} ms`)
}
const worst = rows.toSorted(([, , , a], [, , , b]) => b - a).slice(0, 10)
printTable(
  `The event loop stood still; aim: no request ≥ ${AIM_MS} ms`,
  ['', 'late: median ms', 'late: longest ms', 'busy: longest ms'],
  worst,
)
await writeResults('worst', { isBound, rows })
await server.stop()
await rm(dataDir, { recursive: true, force: true })
process.exit()

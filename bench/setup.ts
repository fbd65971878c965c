/** Call set-up: from the click on "answer" to the first sound and picture, ours beside connect-after-answer. */
import { chromium, type Browser, type BrowserContext } from 'playwright'
import { withServer } from '../e2e/fixtures/server.ts'
import { writeResults } from './report/results.ts'
import { median, spreadOf } from './report/statistics.ts'
import { printTable, showSpread, type Cell } from './report/table.ts'
import { runAfterAnswer, runOurs, type SetupTimes, type Sides } from './setup/flows.ts'
import { startRelayServer } from './setup/relayServer.ts'

const ROUNDS = Number(process.env['ROUNDS'] ?? 5)
const CAMERA_MS = 500
const SIGNAL_MS = [0, 50]
const COLUMNS = ['dialToRing', 'calleeHears', 'calleeSees', 'callerHears', 'callerSees'] as const

const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
    args: [
      '--use-fake-device-for-media-stream',
      '--autoplay-policy=no-user-gesture-required',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  })

const contextOf = (browser: Browser): Promise<BrowserContext> =>
  browser.newContext({ locale: 'zh-CN', permissions: ['camera', 'microphone'] })

async function logIn(context: BrowserContext, url: string, mobile: string): Promise<void> {
  const response = await context.request.post(`${url}/api/session`, {
    headers: { origin: url },
    data: { mobile, password: '123456' },
  })
  if (!response.ok()) throw new Error(`log-in failed: ${String(response.status())}`)
}

async function contactPath(context: BrowserContext, url: string): Promise<string> {
  const response = await context.request.get(`${url}/api/contacts`)
  const { contacts } = (await response.json()) as { contacts: { id: string; nickname: string }[] }
  const contact = contacts.find(({ nickname }) => nickname === '白露')
  if (contact === undefined) throw new Error('白露 is no contact')
  return `/contacts/${contact.id}`
}

const valuesOf = (times: readonly SetupTimes[], column: (typeof COLUMNS)[number]): number[] =>
  times.map((one) => one[column])

const summary = (times: readonly SetupTimes[]): Cell[] =>
  COLUMNS.map((column) => showSpread(spreadOf(valuesOf(times, column).map(Math.round))))

const ratios = (ours: readonly SetupTimes[], theirs: readonly SetupTimes[]): Cell[] =>
  COLUMNS.map((column) => median(valuesOf(ours, column)) / median(valuesOf(theirs, column)))

async function runRounds(sides: Sides, server: string, other: string): Promise<object[]> {
  const path = await contactPath(sides.caller, server)
  const results: object[] = []
  for (const signalMs of SIGNAL_MS) {
    const shim = { cameraMs: CAMERA_MS, signalMs }
    const ours: SetupTimes[] = []
    const theirs: SetupTimes[] = []
    // The first round warms both up and does not count; then they take turns.
    for (let round = 0; round <= ROUNDS; round += 1) {
      const mine = await runOurs(sides, { url: server, contactPath: path }, shim)
      const yours = await runAfterAnswer(sides, other, shim)
      if (round === 0) continue
      ours.push(mine)
      theirs.push(yours)
    }
    const early = ours.filter(({ isEarly }) => isEarly).length
    printTable(
      `call set-up, one trip ${String(signalMs)} ms, camera ${String(CAMERA_MS)} ms, ${String(ROUNDS)} rounds, ms: median (range)`,
      ['flow', ...COLUMNS],
      [
        [`ours (early ${String(early)}/${String(ROUNDS)})`, ...summary(ours)],
        ['connect after answer', ...summary(theirs)],
        ['ratio of medians', ...ratios(ours, theirs)],
      ],
    )
    results.push({ signalMs, cameraMs: CAMERA_MS, ours, theirs })
  }
  return results
}

const relay = await startRelayServer()
const browsers = await Promise.all([launch(), launch()])
await withServer({}, async ({ url }) => {
  const [caller, callee] = await Promise.all(browsers.map(contextOf))
  if (caller === undefined || callee === undefined) throw new Error('two browsers are two contexts')
  await logIn(caller, url, '13006789001')
  await logIn(callee, url, '13006789002')
  await writeResults('setup', await runRounds({ caller, callee }, url, relay.url))
})
await Promise.all(browsers.map((browser) => browser.close()))
relay.close()

import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { chromium, type Browser, type Page } from 'playwright'
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from '#server/demo.ts'
import { CallOverlay } from '../../e2e/pages/CallOverlay.ts'
import { ContactsPage } from '../../e2e/pages/ContactsPage.ts'
import { LoginPage } from '../../e2e/pages/LoginPage.ts'
import { SIDES, type Net, type Side } from './net.ts'
import { installProbe, type Tick } from './probe.ts'
import { hearsSince } from './sound.ts'
import { voiceWav } from './voice.ts'

/** Somebody at a browser of their own, in a network of their own. */
export interface Person {
  readonly side: Side
  readonly nickname: string
  readonly page: Page
  readonly contacts: ContactsPage
  readonly call: CallOverlay
  /** All ticks of their page, also of the one before a reload. */
  readonly ticks: readonly Tick[]
}

export type People = Readonly<Record<Side, Person>>

export type Kind = 'audio' | 'video'

const ARGS = [
  '--use-fake-device-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
  '--disable-background-networking',
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
  '--no-sandbox',
]

/** Open two browsers, each in the namespace of its side, log in, and close them when `use` is done. */
export async function withPeople(
  { net, url }: { net: Net; url: string },
  use: (people: People) => Promise<void>,
): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'ahoy-lab-'))
  const wav = join(directory, 'voice.wav')
  await writeFile(wav, voiceWav())
  const browsers: Browser[] = []
  async function come(side: Side, index: number): Promise<Person> {
    const namespace = net.namespaceOf(side)
    const browser = await launch(join(directory, side), { namespace, wav })
    browsers.push(browser)
    return enter(browser, { side, index, url })
  }
  try {
    const [anran, bailu] = await Promise.all(SIDES.map(come))
    if (anran === undefined || bailu === undefined) throw new Error('two sides are two people')
    await use({ anran, bailu })
  } finally {
    await Promise.all(browsers.map((browser) => browser.close().catch(() => undefined)))
    await rm(directory, { recursive: true, force: true })
  }
}

/** Playwright speaks with a browser through pipes, which a namespace of networks does not touch. */
async function launch(
  script: string,
  { namespace, wav }: { namespace: string; wav: string },
): Promise<Browser> {
  const path = process.env['CHROME_PATH'] ?? '/usr/bin/chromium'
  await writeFile(script, `#!/bin/sh\nexec ip netns exec ${namespace} '${path}' "$@"\n`)
  await chmod(script, 0o700)
  return chromium.launch({
    executablePath: script,
    args: [...ARGS, `--use-file-for-fake-audio-capture=${wav}`],
    // The lab cleans up by itself.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  })
}

async function enter(
  browser: Browser,
  { side, index, url }: { side: Side; index: number; url: string },
): Promise<Person> {
  const account = DEMO_ACCOUNTS[index]
  if (account === undefined) throw new Error(`there is no demo account ${index}`)
  const context = await browser.newContext({
    baseURL: url,
    locale: 'zh-CN',
    // The certificate of the lab is its own.
    ignoreHTTPSErrors: true,
    serviceWorkers: 'block',
    permissions: ['camera', 'microphone'],
  })
  const ticks: Tick[] = []
  await context.exposeFunction('labTick', (tick: Tick) => ticks.push(tick))
  await context.addInitScript(installProbe)
  const page = await context.newPage()
  await new LoginPage(page).logIn({ ...account, password: DEMO_PASSWORD })
  return {
    side,
    nickname: account.nickname,
    page,
    contacts: new ContactsPage(page),
    call: new CallOverlay(page),
    ticks,
  }
}

/** ms that sound has to hold before it counts as there. */
const HOLDS_MS = 500
const LOOK_MS = 100

/**
 * Wait until this person hears the other again and goes on hearing.
 * @param after epoch ms
 * @returns when it began, epoch ms; null when it has not within the limit
 */
export async function untilHears(
  { ticks }: Person,
  { after, limitMs }: { after: number; limitMs: number },
): Promise<number | null> {
  const end = Date.now() + limitMs
  while (Date.now() < end) {
    const since = hearsSince(ticks, after, HOLDS_MS)
    if (since !== undefined) return since
    await pause(LOOK_MS)
  }
  return null
}

/** What became of a dial: when the answer was clicked, and when both heard each other, epoch ms. */
export interface Begun {
  readonly answeredAt: number
  readonly heardAt: Readonly<Record<Side, number | null>>
}

const CONNECT_MS = 40_000

/** Anran calls, Bailu answers, and both are given time to hear each other. */
export async function talk({ anran, bailu }: People, kind: Kind): Promise<Begun> {
  if (kind === 'video') await anran.contacts.callByVideo(bailu.nickname)
  else await anran.contacts.callByVoice(bailu.nickname)
  await bailu.call.ringing(anran.nickname).waitFor()
  const answeredAt = Date.now()
  await bailu.call.answer()
  const wait = { after: answeredAt, limitMs: CONNECT_MS }
  const [a, b] = await Promise.all([untilHears(anran, wait), untilHears(bailu, wait)])
  return { answeredAt, heardAt: { anran: a, bailu: b } }
}

const LEAVE_MS = 2_000

/** End the call, whichever state it is in, and wait until it is off both screens. */
export async function hangUp({ anran, bailu }: People): Promise<void> {
  for (const { call } of [anran, bailu]) {
    // The controls may have hidden themselves, and a hand takes its time.
    const leave = call.any.locator('button', { hasText: /^(挂断|取消|拒绝)$/ })
    if ((await leave.count()) === 0) continue
    // The other one's word may take it away meanwhile; that it is over is looked at below.
    const click = leave.first().dispatchEvent('click', undefined, { timeout: LEAVE_MS })
    await click.catch(() => undefined)
  }
  for (const { call } of [anran, bailu]) await call.any.waitFor({ state: 'detached' })
}

import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright'
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
  /** From now on their browser asks them for microphone and camera, until they allow both. */
  beAsked(): Promise<void>
  /** Allow what the browser asks for, once it asks. @returns when, epoch ms; null: it is allowed already */
  allow(): Promise<number | null>
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
  const question = createQuestion(context)
  await context.exposeFunction('labQuestion', () => question.answered())
  await context.addInitScript(installQuestion)
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
    beAsked: () => question.ask(),
    allow: () => question.allow(),
    ticks,
  }
}

declare global {
  interface Window {
    labQuestion?: () => Promise<void>
  }
}

/** Runs in every page before the app: a device is opened once the question for it is answered. */
function installQuestion(): void {
  const { mediaDevices } = navigator
  const open = mediaDevices.getUserMedia.bind(mediaDevices)
  mediaDevices.getUserMedia = async (constraints) => {
    await window.labQuestion?.()
    return open(constraints)
  }
}

/** The browser's own question can't be answered without a screen: this one stands for it. */
function createQuestion(context: BrowserContext): {
  ask(): Promise<void>
  allow(): Promise<number | null>
  answered(): Promise<void>
} {
  let open: Record<'asked' | 'answer', PromiseWithResolvers<undefined>> | null = null
  return {
    async ask() {
      open = { asked: Promise.withResolvers(), answer: Promise.withResolvers() }
      await context.clearPermissions()
    },
    async allow() {
      if (open === null) return null
      const { asked, answer } = open
      await asked.promise
      await context.grantPermissions(['camera', 'microphone'])
      open = null
      answer.resolve(undefined)
      return Date.now()
    },
    async answered() {
      open?.asked.resolve(undefined)
      await open?.answer.promise
    },
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

/** What became of a dial, epoch ms. */
export interface Begun {
  /** When the answer was clicked, and all was allowed that a browser asked for: nobody can be heard before. */
  readonly readyAt: number
  /** When each heard the other. */
  readonly heardAt: Readonly<Record<Side, number | null>>
}

const CONNECT_MS = 40_000

/** The next click in this page, epoch ms: a browser takes its time from the hand to the page. */
const nextClick = ({ page }: Person): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const tell = (): void => {
          resolve(performance.timeOrigin + performance.now())
        }
        window.addEventListener('click', tell, { capture: true, once: true })
      }),
  )

/** Anran calls, Bailu answers, both allow what they are asked for and are given time to hear each other. */
export async function talk({ anran, bailu }: People, kind: Kind): Promise<Begun> {
  if (kind === 'video') await anran.contacts.callByVideo(bailu.nickname)
  else await anran.contacts.callByVoice(bailu.nickname)
  await bailu.call.ringing(anran.nickname).waitFor()
  const [answeredAt] = await Promise.all([nextClick(bailu), bailu.call.answer()])
  const allowedAt = await Promise.all([anran.allow(), bailu.allow()])
  const readyAt = Math.max(answeredAt, ...allowedAt.filter((at) => at !== null))
  const wait = { after: readyAt, limitMs: CONNECT_MS }
  const [a, b] = await Promise.all([untilHears(anran, wait), untilHears(bailu, wait)])
  return { readyAt, heardAt: { anran: a, bailu: b } }
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

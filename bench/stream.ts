/**
 * Fifty messages a second in a conversation that is open [L10]: how busy the page is with them, and how
 * long its frames take.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { chromium, type CDPSession, type Page } from 'playwright'
import { uuidv7 } from 'uuidv7'
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from '../src/server/demo.ts'
import { ContactList } from '../src/shared/protocol/contacts.ts'
import * as v from 'valibot'
import { ContactsPage } from '../e2e/pages/ContactsPage.ts'
import { LoginPage } from '../e2e/pages/LoginPage.ts'
import { withServer } from '../e2e/fixtures/server.ts'
import { openLine, type AhoyLine } from './load/sides/ahoy.ts'
import { writeResults } from './report/results.ts'
import { percentile } from './report/statistics.ts'
import { printTable } from './report/table.ts'

const A_SECOND = 50
const SECONDS = 10
const SETTLE_MS = 2_000

/** The second of the demo accounts, who writes to the first one. */
async function comeToWrite(url: string, mobile: string, to: string): Promise<AhoyLine> {
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { origin: url, 'content-type': 'application/json' },
    body: JSON.stringify({ mobile, password: DEMO_PASSWORD }),
  })
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  const list = await fetch(`${url}/api/contacts`, { headers: { cookie } })
  const { contacts } = v.parse(ContactList, await list.json())
  const contact = contacts.find(({ nickname }) => nickname === to)
  if (contact === undefined) throw new Error(`${to} is no contact`)
  const { conversationId } = contact
  const token = cookie.replace(/^ahoy=/, '')
  return openLine(url, { userId: '', token, conversationId })
}

/** Time that the page's main thread was busy so far, s. */
async function busyOf(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN
}

/** How long each frame takes from now on, ms. */
const watchFrames = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const frames: number[] = []
    let before = performance.now()
    function frame(now: number): void {
      frames.push(now - before)
      before = now
      requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
    Object.assign(window, { frames })
  })

const framesOf = (page: Page): Promise<number[]> =>
  page.evaluate(() => (window as unknown as { frames: number[] }).frames)

const [reader, writer] = DEMO_ACCOUNTS
if (reader === undefined || writer === undefined) throw new Error('there are two demo accounts')
const browser = await chromium.launch({
  executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
  args: ['--no-first-run', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
})
await withServer({ MESSAGES_PER_10_SECONDS: '100000' }, async ({ url }) => {
  const context = await browser.newContext({ baseURL: url, locale: 'zh-CN' })
  const page = await context.newPage()
  await new LoginPage(page).logIn({ ...reader, password: DEMO_PASSWORD })
  await new ContactsPage(page).openCard(writer.nickname)
  await page.getByRole('link', { name: '发消息' }).click()
  const line = await comeToWrite(url, writer.mobile, reader.nickname)
  const { conversationId } = line
  await pause(SETTLE_MS)
  await watchFrames(page)
  const session = await context.newCDPSession(page)
  await session.send('Performance.enable')
  const [busy, startedAt] = [await busyOf(session), performance.now()]
  const count = A_SECOND * SECONDS
  for (let nth = 1; nth <= count; nth += 1) {
    await line.ask('chat.send', { id: uuidv7(), conversationId, text: `第 ${nth} 条，周六东门见` })
    await pause(Math.max(0, startedAt + (nth * 1_000) / A_SECOND - performance.now()))
  }
  const elapsedMs = performance.now() - startedAt
  const share = (100_000 * ((await busyOf(session)) - busy)) / elapsedMs
  await page.getByText(`第 ${count} 条，周六东门见`).last().waitFor()
  const frames = (await framesOf(page)).sort((a, b) => a - b)
  const perSecond = (count * 1_000) / elapsedMs
  printTable(
    'messages that come in while one looks at the conversation; aim: 50 a second, main thread ≤ 30 %',
    ['messages/s', 'main thread %', 'frames', 'p50 ms', 'p99 ms', 'longest ms'],
    [[perSecond, share, frames.length, ...[50, 99, 100].map((p) => percentile(frames, p))]],
  )
  await writeResults('stream', { perSecond, mainThreadPercent: share, frames })
  line.socket.terminate()
})
await browser.close()
process.exit()

/**
 * A conversation of 100,000 messages in Chromium: opened cold (a device that has nothing) and warm
 * (from memory, and from what this browser keeps), then scrolled from its end to its start, with how
 * long each frame took and what the page holds in memory.
 */
import { chromium, type Page } from 'playwright'
import { writeLongTalk } from '../e2e/fixtures/longTalk.ts'
import { withServer } from '../e2e/fixtures/server.ts'
import { writeResults } from './report/results.ts'
import { percentile, spreadOf } from './report/statistics.ts'
import { printTable, showNumber, showSpread } from './report/table.ts'

const COUNT = Number(process.env['MESSAGES'] ?? 100_000)
const ROUNDS = 5
const BETWEEN = ['13006789001', '13006789002'] as const
/** As fast as one flings a list on a phone, in CSS px a frame. */
const STEP_PX = 1_200
const LONG_FRAME_MS = 50

interface Scrolled {
  /** How long each frame took, ms. */
  readonly frames: number[]
  readonly entries: number
}

/** From the click to the frame in which messages are painted, ms. */
function openTalk(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve))
    const row = document.querySelector<HTMLElement>('[aria-label="会话列表"] a')
    if (row === null) throw new Error('there is no conversation')
    const from = performance.now()
    row.click()
    const isPainted = (): boolean => {
      const text = [...document.querySelectorAll('.log .entry .text')].at(-1)
      return text?.checkVisibility({ visibilityProperty: true }) === true
    }
    while (!isPainted()) await frame()
    // What was there at the start of a frame is on screen at the start of the next one.
    await frame()
    return performance.now() - from
  })
}

/** Scroll to the first message as fast as it goes. */
function scrollToStart(page: Page, px: number): Promise<Scrolled> {
  return page.evaluate(async (step) => {
    const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve))
    const log = document.querySelector<HTMLElement>('.log')
    if (log === null) throw new Error('there is no log')
    const frames: number[] = []
    let [before, entries] = [await frame(), 0]
    while (document.querySelector('[data-seq="1"]') === null) {
      log.scrollTop -= step
      const now = await frame()
      frames.push(now - before)
      before = now
      entries = Math.max(entries, log.querySelectorAll('.entry').length)
    }
    return { frames, entries }
  }, px)
}

/** What the page's script holds once all that nobody needs is gone, in MB. */
async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return usedSize / 1e6
}

async function comeWith(page: Page, url: string): Promise<void> {
  const response = await page.context().request.post(`${url}/api/session`, {
    headers: { origin: url },
    data: { mobile: BETWEEN[0], password: '123456' },
  })
  if (!response.ok()) throw new Error(`log-in failed: ${String(response.status())}`)
  await page.goto(url)
  await page.getByRole('list', { name: '会话列表' }).getByRole('link').first().waitFor()
  // The code of the pages comes by itself soon after the first one.
  await page.waitForLoadState('networkidle')
}

const leave = (page: Page): Promise<void> =>
  page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '消息' }).click()

const browser = await chromium.launch({
  executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
  args: ['--no-first-run', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
})
await withServer({}, async ({ url, dataDir }) => {
  writeLongTalk({ dataDir, between: BETWEEN, count: COUNT })
  const [cold, again, kept]: number[][] = [[], [], []]
  for (let round = 0; round < ROUNDS; round += 1) {
    const context = await browser.newContext({ locale: 'zh-CN' })
    const page = await context.newPage()
    await comeWith(page, url)
    cold?.push(await openTalk(page))
    await leave(page)
    again?.push(await openTalk(page))
    await page.goto(url)
    await page.getByRole('list', { name: '会话列表' }).getByRole('link').first().waitFor()
    await page.waitForLoadState('networkidle')
    kept?.push(await openTalk(page))
    await context.close()
  }

  const context = await browser.newContext({ locale: 'zh-CN' })
  const page = await context.newPage()
  await comeWith(page, url)
  await openTalk(page)
  const before = await heapOf(page)
  const startedAt = performance.now()
  const { frames, entries } = await scrollToStart(page, STEP_PX)
  const seconds = (performance.now() - startedAt) / 1_000
  const after = await heapOf(page)
  const sorted = frames.toSorted((a, b) => a - b)
  const long = frames.filter((ms) => ms > LONG_FRAME_MS).length

  printTable(
    `opening a conversation of ${String(COUNT)} messages, ${String(ROUNDS)} rounds, ms to the first paint of messages: median (range)`,
    ['cold', 'warm, in memory', 'warm, after a reload'],
    [[cold, again, kept].map((times) => showSpread(spreadOf((times ?? []).map(Math.round))))],
  )
  printTable(
    `scrolled from its end to its start, ${String(STEP_PX)} px a frame`,
    [
      's',
      'frames',
      'p50 ms',
      'p99 ms',
      'longest ms',
      `> ${String(LONG_FRAME_MS)} ms`,
      'entries drawn',
      'heap before MB',
      'heap after MB',
    ],
    [
      [
        seconds,
        frames.length,
        percentile(sorted, 50),
        percentile(sorted, 99),
        sorted.at(-1) ?? 0,
        long,
        entries,
        before,
        after,
      ].map(showNumber),
    ],
  )
  await writeResults('longTalk', {
    count: COUNT,
    cold,
    again,
    kept,
    scroll: {
      seconds,
      frames: frames.length,
      p99: percentile(sorted, 99),
      longest: sorted.at(-1),
      long,
      entries,
      before,
      after,
    },
  })
})
await browser.close()

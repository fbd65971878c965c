import type { BrowserContext, Page } from 'playwright'
import { installShim, type Marks, type ShimOptions } from './shim.ts'

/** ms from the click on "answer". */
export interface SetupTimes {
  dialToRing: number
  calleeHears: number
  calleeSees: number
  callerHears: number
  callerSees: number
  /** Connected before the click. */
  isEarly: boolean
}

/** One browser process a side: they share nothing but the machine. */
export interface Sides {
  caller: BrowserContext
  callee: BrowserContext
}

async function pageOf(context: BrowserContext, shim: ShimOptions, url: string): Promise<Page> {
  const page = await context.newPage()
  await page.addInitScript(installShim, shim)
  await page.goto(url)
  return page
}

const marksOf = (page: Page): Promise<Marks> => page.evaluate(() => window.benchMarks)

async function untilMedia(page: Page): Promise<Marks> {
  await page.waitForFunction(
    () => window.benchMarks.firstVideo !== null && window.benchMarks.firstAudio !== null,
  )
  return marksOf(page)
}

async function measure(
  caller: Page,
  callee: Page,
  act: { dial: () => Promise<void>; answer: () => Promise<void> },
): Promise<SetupTimes> {
  await act.dial()
  await callee.waitForFunction(() => window.benchMarks.rings !== null)
  const ringsAt = required((await marksOf(callee)).rings)
  const dialed = await marksOf(caller)
  // Long enough for every early connection and for the caller's camera: nobody answers faster.
  await caller.waitForTimeout(1_500)
  const before = await marksOf(callee)
  await act.answer()
  const [heardByCaller, heardByCallee] = await Promise.all([untilMedia(caller), untilMedia(callee)])
  const clicked = required(heardByCallee.click)
  return {
    dialToRing: ringsAt - required(dialed.click),
    calleeHears: required(heardByCallee.firstAudio) - clicked,
    calleeSees: required(heardByCallee.firstVideo) - clicked,
    callerHears: required(heardByCaller.firstAudio) - clicked,
    callerSees: required(heardByCaller.firstVideo) - clicked,
    isEarly: before.connected !== null,
  }
}

function required(mark: number | null): number {
  if (mark === null) throw new Error('a mark is missing')
  return mark
}

/** Our app, as a user uses it. The contexts are logged in. */
export async function runOurs(
  { caller, callee }: Sides,
  { url, contactPath }: { url: string; contactPath: string },
  shim: ShimOptions,
): Promise<SetupTimes> {
  const a = await pageOf(caller, shim, url + contactPath)
  const b = await pageOf(callee, shim, `${url}/contacts`)
  await b.getByRole('main').waitFor()
  try {
    return await measure(a, b, {
      dial: () => a.getByRole('button', { name: '视频通话' }).click(),
      answer: () => b.getByRole('button', { name: '接听', exact: true }).click(),
    })
  } finally {
    // The controls may have hidden themselves.
    await b.locator('button', { hasText: '挂断' }).dispatchEvent('click')
    await a.getByText('通话时长').first().waitFor()
    await Promise.all([a.close(), b.close()])
  }
}

/** Connect after answer. */
export async function runAfterAnswer(
  { caller, callee }: Sides,
  url: string,
  shim: ShimOptions,
): Promise<SetupTimes> {
  const a = await pageOf(caller, shim, url)
  const b = await pageOf(callee, shim, url)
  await Promise.all([a, b].map((page) => page.waitForFunction(() => document.title === 'ready')))
  try {
    return await measure(a, b, {
      dial: () => a.locator('#dial').click(),
      answer: () => b.locator('#answer').click(),
    })
  } finally {
    await Promise.all([a.close(), b.close()])
  }
}

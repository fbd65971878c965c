import { expect, type Locator, type Page } from '@playwright/test'
import { atMost } from '../fixtures/patience.ts'

/** A turn of the wheel, in CSS px: less than a screen, so that nothing is passed by. */
const WHEEL = 400

/** The conversations, and what was said in one of them. */
export class ChatsPage {
  readonly #page: Page
  readonly list: Locator
  /** Everything said in the open conversation. */
  readonly log: Locator
  /** Its call records; each is a button that calls again. */
  readonly records: Locator
  /** Where one writes in the open conversation. */
  readonly composer: Locator

  constructor(page: Page) {
    this.#page = page
    this.list = page.getByRole('list', { name: '会话列表' })
    this.log = page.getByRole('log')
    this.records = this.log.getByRole('button', { name: '再次呼叫' })
    this.composer = page.getByRole('textbox', { name: /^给.+发消息$/ })
  }

  async open(): Promise<void> {
    await this.#page
      .getByRole('navigation', { name: '主导航' })
      .getByRole('link', { name: '消息' })
      .click()
  }

  /** The row of the conversation with somebody. */
  row(nickname: string): Locator {
    return this.list.getByRole('link').filter({ hasText: nickname })
  }

  async openWith(nickname: string): Promise<void> {
    await this.open()
    await this.row(nickname).click()
    await this.#page.getByRole('log', { name: `与${nickname}的消息` }).waitFor()
  }

  /** The bubble with exactly this text. */
  message(text: string): Locator {
    return this.log.locator('.text').getByText(text, { exact: true })
  }

  /** What the texts of the log say, in its order. */
  texts(): Promise<string[]> {
    return this.log.locator('.text').allTextContents()
  }

  /** Turn the wheel until something is in sight; what is far away is not even drawn. */
  async scrollTo(what: Locator, way: 'up' | 'down' = 'up'): Promise<void> {
    await this.log.hover()
    const px = way === 'up' ? -WHEEL : WHEEL
    await expect(async () => {
      await this.#page.mouse.wheel(0, px)
      await expect(what).toBeInViewport({ timeout: 50 })
    }).toPass({ intervals: [20], ...atMost(60_000) })
  }

  /** The bubble of the message of a seq, in a long talk. */
  numbered(seq: number): Locator {
    return this.log.locator(`[data-seq="${String(seq)}"]`)
  }

  /** Choose something in the menu of a message. */
  async act(text: string, item: string): Promise<void> {
    const row = this.log
      .locator('.message')
      .filter({ has: this.#page.getByText(text, { exact: true }) })
    await row.hover()
    await row.getByRole('button', { name: '更多操作' }).click()
    await this.#page.getByRole('menuitem', { name: item, exact: true }).click()
  }

  /** Begin a group with these contacts. */
  async beginGroup(...nicknames: readonly string[]): Promise<void> {
    await this.#page.getByRole('link', { name: '发起群聊' }).click()
    for (const name of nicknames) await this.#page.getByRole('checkbox', { name }).click()
    const begin = `发起群聊（${String(nicknames.length)}）`
    await this.#page.getByRole('button', { name: begin }).click()
  }

  /** What there is to know of the conversation that is open. */
  async openInfo(): Promise<void> {
    await this.#page.getByRole('button', { name: '聊天信息' }).click()
  }

  /** Choose something in the menu of a conversation. */
  async actOn(nickname: string, item: string): Promise<void> {
    await this.row(nickname).click({ button: 'right' })
    await this.#page.getByRole('menuitem', { name: item, exact: true }).click()
  }

  /** Write and send by Enter. */
  async write(text: string): Promise<void> {
    await this.composer.fill(text)
    await this.composer.press('Enter')
  }
}

/** Whether a bubble stands on the right of the log, as one's own do. */
export async function isOnTheRight(bubble: Locator): Promise<boolean> {
  return bubble.evaluate((element) => {
    const box = element.getBoundingClientRect()
    const around = element.closest('[role=log]')?.getBoundingClientRect()
    if (around === undefined) throw new Error('not in a log')
    return box.left - around.left > around.right - box.right
  })
}

/** Whether a bubble is green, as one's own are. */
export async function isGreen(bubble: Locator): Promise<boolean> {
  return bubble.evaluate((element) => {
    for (let at: Element | null = element; at !== null; at = at.parentElement) {
      const [red = 0, green = 0, blue = 0, alpha = 1] = (
        getComputedStyle(at).backgroundColor.match(/[\d.]+/g) ?? []
      ).map(Number)
      if (alpha > 0) return green > red && green > blue
    }
    return false
  })
}

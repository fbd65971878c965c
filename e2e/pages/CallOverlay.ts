import { expect, type Locator, type Page } from '@playwright/test'
import type {} from '../fixtures/callWords.ts'

/** The overlay of a call: `alertdialog` while it rings in, `dialog` otherwise, named after the peer. */
export class CallOverlay {
  readonly #page: Page
  #stirs = 0
  /** How long they have talked. */
  readonly timer: Locator
  /** Whatever shows a call, large or small. */
  readonly any: Locator
  /** The small window of a minimised call. */
  readonly pill: Locator
  /** What has gone wrong with a device, each with what to do. */
  readonly notices: Locator
  readonly microphone: Locator
  readonly camera: Locator

  constructor(page: Page) {
    this.#page = page
    this.timer = page.getByRole('timer')
    this.any = page.locator('[data-call-layer]')
    this.pill = page.getByRole('region', { name: /的通话$/ })
    this.notices = this.any.getByRole('alert')
    this.microphone = this.button('麦克风')
    this.camera = this.button('摄像头')
  }

  /** The overlay of a call with somebody, in whatever state. */
  with(nickname: string): Locator {
    return this.ringing(nickname).or(this.#page.getByRole('dialog', { name: nickname }))
  }

  /** The overlay while it rings here. */
  ringing(nickname: string): Locator {
    return this.#page.getByRole('alertdialog', { name: nickname })
  }

  /** A line of the overlay or of the small window, such as 等待对方接听. */
  says(words: string | RegExp): Locator {
    return this.any.getByText(words)
  }

  /** Wait until the call has said this, also if it has gone again; each time that it is said counts once. */
  async hasSaid(words: string | RegExp, limit: { timeout?: number } = {}): Promise<void> {
    const take = () =>
      this.#page.evaluate((wanted) => {
        const said = [...(window.callWords ?? [])].filter((text) => text.match(wanted) !== null)
        for (const text of said) window.callWords?.delete(text)
        return said.length > 0
      }, words)
    await expect.poll(take, { message: `it says ${String(words)}`, ...limit }).toBe(true)
  }

  /** Whether the call has said this by now; it stays said. */
  heard(words: string): Promise<boolean> {
    return this.#page.evaluate((wanted) => window.callWords?.has(wanted) === true, words)
  }

  /** A button of the overlay by its name. */
  button(name: string): Locator {
    return this.#page
      .getByRole('dialog')
      .or(this.#page.getByRole('alertdialog'))
      .getByRole('button', { name, exact: true })
  }

  /**
   * Press a button as somebody does who came there by keyboard: the controls stay where the focus is
   * seen, however long it takes until they are pressed.
   */
  async press(button: Locator | string): Promise<void> {
    const target = typeof button === 'string' ? this.button(button) : button
    await this.#hold(target)
    await target.click()
  }

  /** Let the controls come back, and stay. */
  async #hold(target: Locator): Promise<void> {
    await target.waitFor({ state: 'attached' })
    // A focus is shown where the last thing pressed was a key.
    await this.#page.keyboard.press('Tab')
    await target.focus()
  }

  /** Move the mouse over the call. */
  async stir(): Promise<void> {
    const window = this.any.locator('[role=dialog], [role=alertdialog], [role=region]').first()
    const box = await window.boundingBox()
    if (box === null) return
    // Never to where it is already: that would be no move.
    this.#stirs += 1
    const aside = this.#stirs % 2 === 0 ? 20 : 0
    // In two steps: the first event that a page ever has of a mouse says that it has moved by nothing.
    const [x, y] = [box.x + box.width / 2 + aside, box.y + box.height / 4]
    await this.#page.mouse.move(x, y, { steps: 2 })
  }

  async answer(): Promise<void> {
    await this.button('接听').click()
  }

  async answerMuted(): Promise<void> {
    await this.button('静音接听').click()
  }

  async decline(): Promise<void> {
    await this.button('拒绝').click()
  }

  /** Decline with one's own words. */
  async declineWith(words: string): Promise<void> {
    await this.button('回复消息').click()
    const sheet = this.#page.getByRole('dialog', { name: '回复消息' })
    await sheet.getByRole('textbox', { name: '自己写一句' }).fill(words)
    await sheet.getByRole('button', { name: '发送', exact: true }).click()
  }

  async cancel(): Promise<void> {
    await this.button('取消').click()
  }

  async hangUp(): Promise<void> {
    await this.press('挂断')
  }

  async toggleMicrophone(): Promise<void> {
    await this.press(this.microphone)
  }

  async toggleCamera(): Promise<void> {
    await this.press(this.camera)
  }

  async minimise(): Promise<void> {
    await this.press('最小化')
  }

  async restore(): Promise<void> {
    await this.pill.getByRole('button', { name: /^回到/ }).click()
  }

  /** Seconds on the timer. */
  async seconds(): Promise<number> {
    const parts = ((await this.timer.textContent()) ?? '').split(':').map(Number)
    return parts.reduce((sum, part) => sum * 60 + part, 0)
  }

  /** End whatever call there is, in any language, from any state of it. */
  async end(): Promise<void> {
    const leave = this.any
      .getByRole('button', { name: /^(挂断|取消|拒绝|Hang up|Cancel|Decline)$/ })
      .last()
    // Another tab of the same call may be quicker.
    await expect(async () => {
      if (!(await leave.isVisible())) return
      await this.#hold(leave)
      await leave.click()
    }).toPass()
  }
}

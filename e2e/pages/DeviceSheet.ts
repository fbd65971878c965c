import type { Locator, Page } from '@playwright/test'
import type { CallOverlay } from './CallOverlay.ts'

/** Where devices are chosen, and what is done to what comes from them. */
export class DeviceSheet {
  readonly #call: CallOverlay
  readonly #sheet: Locator
  readonly noise: Locator
  readonly blur: Locator

  constructor({ page, call }: { page: Page; call: CallOverlay }) {
    this.#call = call
    this.#sheet = page.getByRole('dialog', { name: '选择设备' })
    this.noise = this.#sheet.getByRole('switch', { name: '强力降噪' })
    this.blur = this.#sheet.getByRole('switch', { name: '背景虚化' })
  }

  /** Press one of the switches, and close the sheet again. */
  async toggle(processor: 'noise' | 'blur'): Promise<void> {
    await this.#call.press('设备')
    await this[processor].click()
    await this.close()
  }

  async open(): Promise<void> {
    await this.#call.press('设备')
  }

  async close(): Promise<void> {
    await this.#sheet.getByRole('button', { name: '关闭' }).click()
  }
}

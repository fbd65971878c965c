import type { Locator, Page } from '@playwright/test'

/** The contacts, and the card of one of them. */
export class ContactsPage {
  readonly #page: Page
  readonly list: Locator

  constructor(page: Page) {
    this.#page = page
    this.list = page.getByRole('group', { name: '联系人列表' })
  }

  async open(): Promise<void> {
    await this.#page
      .getByRole('navigation', { name: '主导航' })
      .getByRole('link', { name: '通讯录' })
      .click()
  }

  /** The row of a contact. */
  row(nickname: string): Locator {
    return this.list.getByRole('link', { name: nickname })
  }

  async openCard(nickname: string): Promise<void> {
    await this.open()
    await this.row(nickname).click()
  }

  async callByVoice(nickname: string): Promise<void> {
    await this.openCard(nickname)
    await this.#page.getByRole('button', { name: '语音通话' }).click()
  }

  async callByVideo(nickname: string): Promise<void> {
    await this.openCard(nickname)
    await this.#page.getByRole('button', { name: '视频通话' }).click()
  }

  /** Look for somebody by number. */
  async find(mobile: string): Promise<void> {
    await this.open()
    await this.#page.getByRole('link', { name: '添加朋友' }).click()
    await this.#page.getByRole('textbox', { name: '对方的手机号' }).fill(mobile)
    await this.#page.getByRole('button', { name: '查找' }).click()
  }

  /** Look for somebody and ask to be their contact. */
  async ask(mobile: string, greeting: string): Promise<void> {
    await this.find(mobile)
    await this.#page.getByRole('textbox', { name: '打个招呼' }).fill(greeting)
    await this.#page.getByRole('button', { name: '发送请求' }).click()
  }

  async openRequests(): Promise<void> {
    await this.open()
    await this.#page.getByRole('link', { name: '新的朋友' }).click()
  }

  /** Accept somebody who asks. */
  async accept(nickname: string): Promise<void> {
    await this.#page.getByRole('button', { name: `接受${nickname}的请求` }).click()
  }
}

import type { Locator, Page } from '@playwright/test'

/** Who comes in. */
export interface Credentials {
  mobile: string
  password: string
}

/** The way in: log in, or register. */
export class LoginPage {
  readonly #page: Page
  readonly error: Locator
  /** Only who registers is asked for one. */
  readonly nickname: Locator

  constructor(page: Page) {
    this.#page = page
    this.error = page.getByRole('alert')
    this.nickname = page.getByRole('textbox', { name: '昵称' })
  }

  async open(): Promise<void> {
    await this.#page.goto('/login')
  }

  /** Fill in and press the button, whatever comes of it. */
  async submit({ mobile, password }: Credentials): Promise<void> {
    await this.#page.getByRole('textbox', { name: '手机号' }).fill(mobile)
    await this.#page.getByRole('textbox', { name: '密码', exact: true }).fill(password)
    await this.#page.getByRole('button', { name: '登录', exact: true }).click()
  }

  /** Log in, and wait until the app is there. */
  async logIn(credentials: Credentials): Promise<void> {
    await this.open()
    await this.submit(credentials)
    await this.#arrive()
  }

  /** Register, and wait until the app is there. */
  async register({ nickname, ...credentials }: Credentials & { nickname: string }): Promise<void> {
    await this.open()
    await this.#page.getByRole('link', { name: '注册' }).click()
    await this.nickname.fill(nickname)
    await this.#page.getByRole('textbox', { name: '手机号' }).fill(credentials.mobile)
    await this.#page.getByRole('textbox', { name: '密码', exact: true }).fill(credentials.password)
    await this.#page.getByRole('button', { name: '注册', exact: true }).click()
    await this.#arrive()
  }

  async #arrive(): Promise<void> {
    await this.#page.getByRole('navigation', { name: '主导航' }).waitFor()
  }
}

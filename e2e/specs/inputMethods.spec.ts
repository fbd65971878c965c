import type { CDPSession, Page } from '@playwright/test'
import { expect, test } from '../fixtures/index.ts'

/** An input method, as Chromium hears of one. */
class InputMethod {
  readonly #devtools: CDPSession

  private constructor(devtools: CDPSession) {
    this.#devtools = devtools
  }

  static async of(page: Page): Promise<InputMethod> {
    return new InputMethod(await page.context().newCDPSession(page))
  }

  async compose(text: string): Promise<void> {
    const selection = { selectionStart: text.length, selectionEnd: text.length }
    await this.#devtools.send('Input.imeSetComposition', { text, ...selection })
  }

  /** The word is chosen, by whatever means. */
  async choose(text: string): Promise<void> {
    await this.#devtools.send('Input.insertText', { text })
  }

  /** An Enter that the input method keeps to itself. */
  async takeEnter(): Promise<void> {
    const key = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229 }
    await this.#devtools.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...key })
    await this.#devtools.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key })
  }
}

test('write with an input method: Enter sends, unless the input method takes it', async ({
  newFriends,
}) => {
  const [{ page, chats, contacts }] = await newFriends(['安然', '白露'])
  await contacts.openCard('白露')
  await page.getByRole('link', { name: '发消息' }).click()
  const input = await InputMethod.of(page)

  // Letters are taken as they are by Enter; then a candidate is chosen with the mouse.
  await chats.composer.click()
  await input.compose('ok')
  await input.takeEnter()
  await input.choose('ok')
  await input.compose('wan shang')
  await input.choose('晚上')
  await expect(chats.composer).toHaveValue('ok晚上')
  await page.keyboard.press('Enter')
  await expect(chats.message('ok晚上')).toBeVisible()
  await expect(chats.composer).toHaveValue('')

  // On Android the last word is still a composition when Enter comes.
  await input.compose('tomorrow')
  await expect(page.getByRole('button', { name: '发送' })).toBeEnabled()
  await page.keyboard.press('Enter')
  await expect(chats.message('tomorrow')).toBeVisible()
  await expect(chats.composer).toHaveValue('')

  // What follows is a new word, and is sent by the button though its word has not ended.
  await input.compose('at')
  await input.choose('at ')
  await input.compose('six')
  await expect(chats.composer).toHaveValue('at six')
  await page.getByRole('button', { name: '发送' }).click()
  await expect(chats.message('at six')).toBeVisible()

  await contacts.open()
  await page.getByRole('searchbox').click()
  await input.compose('白')
  await expect(contacts.list.getByRole('link', { name: '白露' })).toBeVisible()
  await input.compose('黑')
  await expect(contacts.list.getByRole('link', { name: '白露' })).toHaveCount(0)
})

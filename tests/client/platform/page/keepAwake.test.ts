import { describe, expect, it } from 'vitest'
import { keepAwake } from '#client/platform/page/keepAwake.ts'

/** A browser that lets go of the screen when its page is hidden. */
function aBrowser() {
  const locks = new Set<object>()
  let pending: (() => void)[] = []
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible' })
  const request = async (): Promise<object> => {
    await new Promise<void>((resolve) => pending.push(resolve))
    const lock = { release: () => Promise.resolve(void locks.delete(lock)) }
    locks.add(lock)
    return lock
  }
  const view = { document, navigator: { wakeLock: { request } } } as unknown as Window
  return {
    view,
    get isLit() {
      return locks.size > 0
    },
    /** Everything that was asked for is answered. */
    async answer() {
      for (const resolve of pending) resolve()
      pending = []
      for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
    },
    show(isVisible: boolean) {
      if (!isVisible) locks.clear()
      document.visibilityState = isVisible ? 'visible' : 'hidden'
      document.dispatchEvent(new Event('visibilitychange'))
    },
  }
}

describe('a screen that is kept lit', () => {
  it('is lit again after the page was hidden, until it need not be', async () => {
    const browser = aBrowser()
    const stop = keepAwake(browser.view)
    await browser.answer()
    expect(browser.isLit).toBe(true)
    browser.show(false)
    expect(browser.isLit).toBe(false)
    browser.show(true)
    await browser.answer()
    expect(browser.isLit).toBe(true)
    stop()
    expect(browser.isLit).toBe(false)
    browser.show(false)
    browser.show(true)
    await browser.answer()
    expect(browser.isLit).toBe(false)
  })

  it('is let go also when the browser answers too late', async () => {
    const browser = aBrowser()
    const stop = keepAwake(browser.view)
    stop()
    await browser.answer()
    expect(browser.isLit).toBe(false)
  })

  it('is let go when it was hidden and shown while the browser had not answered', async () => {
    const browser = aBrowser()
    const stop = keepAwake(browser.view)
    browser.show(false)
    browser.show(true)
    await browser.answer()
    expect(browser.isLit).toBe(true)
    stop()
    await browser.answer()
    expect(browser.isLit).toBe(false)
  })

  it('goes dark where the browser can’t or won’t keep it lit', () => {
    const { document } = aBrowser().view
    const refusing = { wakeLock: { request: () => Promise.reject(new Error('battery')) } }
    for (const navigator of [{}, refusing]) {
      const stop = keepAwake({ document, navigator } as unknown as Window)
      expect(stop).not.toThrow()
    }
  })
})

import { beforeEach, expect, it, vi } from 'vitest'
import { createPage } from '#client/platform/page/createPage.ts'

beforeEach(() => {
  document.title = 'Ahoy'
})

it('shows a flash over the title, and then the title as it is by now', () => {
  const page = createPage(window)
  page.flashTitle('白露 · 邀请你语音通话')
  page.setTitle('(1) Ahoy')
  expect(document.title).toBe('白露 · 邀请你语音通话')
  page.flashTitle(null)
  expect(document.title).toBe('(1) Ahoy')
})

it('starts from the title of the document', () => {
  const page = createPage(window)
  page.flashTitle('…')
  page.flashTitle(null)
  expect(document.title).toBe('Ahoy')
})

it('hears the network go and come, for as long as it listens', () => {
  const heard: boolean[] = []
  const stop = createPage(window).onNetwork((hasNetwork) => heard.push(hasNetwork))
  window.dispatchEvent(new Event('offline'))
  window.dispatchEvent(new Event('online'))
  stop()
  window.dispatchEvent(new Event('offline'))
  expect(heard).toEqual([false, true])
})

it.each([
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15', 'Meta'],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36', 'Control'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101', 'Control'],
])('knows the key of shortcuts on %s', (userAgent, key) => {
  vi.spyOn(navigator, 'userAgent', 'get').mockReturnValue(userAgent)
  expect(createPage(window).shortcutKey).toBe(key)
  vi.restoreAllMocks()
})

it('has the browser ask before the page is left, for as long as it must', () => {
  const leave = (): boolean => window.dispatchEvent(new Event('beforeunload', { cancelable: true }))
  const stop = createPage(window).askBeforeLeaving()
  expect(leave()).toBe(false)
  stop()
  expect(leave()).toBe(true)
})

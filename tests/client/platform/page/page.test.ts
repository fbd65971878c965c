import { beforeEach, expect, it } from 'vitest'
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

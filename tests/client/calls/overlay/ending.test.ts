import { describe, expect, it } from 'vitest'
import { closing, createFakeCall } from './fakeCall.ts'
import { showCall } from './showCall.ts'

const link = (): HTMLAnchorElement | null => document.querySelector('a[href^="/settings/calls/"]')

describe('the end of a call', () => {
  it('that went badly offers to tell what happened, which leads to its report', async () => {
    const view = createFakeCall()
    const screen = await showCall(closing(), { view, locale: 'en' })
    expect(link()).toBeNull()
    view.offered.value = 'call-1'
    await screen.settle()
    expect(link()?.textContent.trim()).toBe('See call report')
    expect(link()?.getAttribute('href')).toBe('/settings/calls/call-1')
    link()?.click()
    await expect.poll(() => screen.dialog()).toBeNull()
  })
})

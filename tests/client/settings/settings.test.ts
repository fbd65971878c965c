import { expect, it } from 'vitest'
import SettingsPage from '#client/me/SettingsPage.vue'
import { readSettings, localeOf } from '#client/settings/index.ts'
import { createFakeStorage } from '../../support/client/fakePage.ts'
import { mountClient } from '../../support/client/mountClient.ts'
import { byRole, hasRole } from '../../support/client/roles.ts'

const KEY = 'ahoy.settings'
const DEFAULTS = {
  theme: 'system',
  language: 'system',
  connectBeforeAnswer: true,
  relayOnly: false,
}

it('changes the theme and remembers it', async () => {
  const { page, press, storage } = await mountClient(SettingsPage)
  await press('radio', '深色')
  expect(page.theme).toBe('dark')
  expect(storage.values.get(KEY)).toEqual({ ...DEFAULTS, theme: 'dark' })
})

it('changes the language on the spot', async () => {
  const { page, press } = await mountClient(SettingsPage)
  await press('radio', 'English')
  expect(page.language).toBe('en')
  // Its texts come over the network.
  await expect.poll(() => hasRole('heading', 'Settings')).toBe(true)
})

it('connects before the answer unless told not to', async () => {
  const { press, storage } = await mountClient(SettingsPage)
  const toggle = byRole('switch', '接听前不建立连接')
  expect(toggle.getAttribute('aria-checked')).toBe('false')
  await press('switch', '接听前不建立连接')
  expect(toggle.getAttribute('aria-checked')).toBe('true')
  expect(storage.values.get(KEY)).toEqual({ ...DEFAULTS, connectBeforeAnswer: false })
})

it('relays only when told to, and says what that costs', async () => {
  const { press, storage, text } = await mountClient(SettingsPage)
  const toggle = byRole('switch', '始终通过服务器中转')
  expect(toggle.getAttribute('aria-checked')).toBe('false')
  expect(text()).toContain('延迟更高')
  expect(text()).toContain('TURN')
  await press('switch', '始终通过服务器中转')
  expect(storage.values.get(KEY)).toEqual({ ...DEFAULTS, relayOnly: true })
})

it('follows a change in another tab', async () => {
  const { page, storage, settle } = await mountClient(SettingsPage)
  storage.writeElsewhere(KEY, { ...DEFAULTS, theme: 'light' })
  await settle()
  expect(page.theme).toBe('light')
})

it.each([
  ['nothing', undefined, DEFAULTS],
  ['no object', 'dark', DEFAULTS],
  [
    'one value that no longer fits',
    { theme: 'sepia', language: 'en' },
    { ...DEFAULTS, language: 'en' },
  ],
])('reads %s as far as it fits', (_, stored, settings) => {
  const storage = createFakeStorage()
  storage.values.set(KEY, stored)
  expect(readSettings(storage)).toEqual(settings)
})

it('lets the browser decide the language until the user does', () => {
  const settings = readSettings(createFakeStorage())
  expect(localeOf(settings, ['zh-HK'])).toBe('zh-CN')
  expect(localeOf({ ...settings, language: 'en' }, ['zh-HK'])).toBe('en')
})

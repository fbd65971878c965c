import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { TUNES } from '#client/calls/ringing/ringtone.ts'
import SettingsPage from '#client/me/SettingsPage.vue'
import { mountClient } from '../../support/client/mountClient.ts'
import { byRole, hasRole } from '../../support/client/roles.ts'

describe('call notifications', () => {
  it('are asked for by a press, and then on', async () => {
    const { press, text } = await mountClient(SettingsPage)
    expect(text()).toContain('来电通知')
    await press('button', '开启来电通知')
    expect(hasRole('button', '开启来电通知')).toBe(false)
    expect(text()).toContain('已开启')
  })

  it('that were refused say how to allow them in the browser', async () => {
    const { alerts, press, text } = await mountClient(SettingsPage)
    alerts.answer = 'denied'
    await press('button', '开启来电通知')
    expect(text()).toContain('已阻止')
    expect(text()).toContain('将“通知”改为“允许”')
  })

  it('follow what the user changed in the browser meanwhile', async () => {
    const { alerts, page, settle, text } = await mountClient(SettingsPage)
    alerts.permission = 'granted'
    page.show(true)
    await settle()
    expect(text()).toContain('已开启')
  })

  it('are no matter where there are none', async () => {
    const { alerts, page, settle, text } = await mountClient(SettingsPage)
    alerts.permission = 'unsupported'
    page.show(true)
    await settle()
    expect(text()).not.toContain('来电通知')
    expect(hasRole('button', '试听铃声')).toBe(true)
  })
})

describe('the test ring', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('sounds as an incoming call does, once', async () => {
    const { press, settle, sound, text } = await mountClient(SettingsPage)
    await press('button', '试听铃声')
    expect(sound.looping).toEqual([TUNES.incoming])
    expect(text()).toContain('正在播放…')
    vi.advanceTimersByTime(3_000)
    await settle()
    expect(sound.looping).toEqual([])
    expect(text()).not.toContain('正在播放…')
  })

  it('begins again at the next press', async () => {
    const { press, sound } = await mountClient(SettingsPage)
    await press('button', '试听铃声')
    vi.advanceTimersByTime(2_000)
    await press('button', '试听铃声')
    vi.advanceTimersByTime(2_000)
    expect(sound.looping).toEqual([TUNES.incoming])
  })

  it('says when the browser keeps the tab silent, and what to do', async () => {
    const { press, settle, sound, text } = await mountClient(SettingsPage)
    sound.isBlocked = true
    await press('button', '试听铃声')
    vi.advanceTimersByTime(1_000)
    await settle()
    expect(sound.looping).toEqual([])
    expect(text()).toContain('浏览器阻止了声音')
    expect(byRole('button', '试听铃声').getAttribute('aria-describedby')).not.toBeNull()
  })

  it('stops when one goes elsewhere', async () => {
    const { press, sound, unmount } = await mountClient(SettingsPage)
    await press('button', '试听铃声')
    unmount()
    expect(sound.looping).toEqual([])
  })
})

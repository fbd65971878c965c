import { describe, expect, it } from 'vitest'
import { createAlerts } from '#client/platform/alerts/createAlerts.ts'
import { createLocks as createLocksOf } from '#client/platform/locks/createLocks.ts'

interface Shown {
  title: string
  options: NotificationOptions
  isOpen: boolean
  onclick: (() => void) | null
}

/** A window of which only notifications and locks are there. */
function createView(
  options: {
    permission?: NotificationPermission | null
    canConstruct?: boolean
    hasLocks?: boolean
  } = {},
) {
  const { permission = 'granted', canConstruct = true, hasLocks = true } = options
  const shown: Shown[] = []
  const asked: string[] = []
  let focused = 0

  class FakeNotification implements Shown {
    static permission = permission
    static requestPermission = () => Promise.resolve(asked.push('permission'))
    isOpen = true
    onclick: (() => void) | null = null
    title: string
    options: NotificationOptions
    constructor(title: string, options: NotificationOptions) {
      if (!canConstruct) throw new TypeError('Illegal constructor')
      this.title = title
      this.options = options
      shown.push(this)
    }
    close() {
      this.isOpen = false
    }
  }

  const view = {
    ...(permission === null ? {} : { Notification: FakeNotification }),
    navigator: hasLocks ? { locks: createLocks() } : {},
    focus: () => {
      focused += 1
    },
  }
  const asWindow = view as unknown as Window & typeof globalThis
  return {
    alerts: createAlerts(asWindow, createLocksOf(asWindow)),
    shown,
    asked,
    focused: () => focused,
  }
}

/** The Web Locks API: first come, first served, until the holder's promise is fulfilled. */
function createLocks() {
  let tail: Promise<unknown> = Promise.resolve()
  return {
    async request(_name: string, { signal }: { signal: AbortSignal }, run: () => Promise<void>) {
      const before = tail
      const own = before.then(() => {
        if (signal.aborted) throw new DOMException('aborted', 'AbortError')
        return run()
      })
      tail = own.catch(() => undefined)
      await own
    },
  }
}

const NOTICE = { title: '安然', body: '邀请你视频通话', tag: 'call', onClick: () => undefined }
const told = async () => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
}

describe('a notification', () => {
  it('is shown where the user allows it, stays, and can be taken back', () => {
    const { alerts, shown } = createView()
    const takeBack = alerts.notify(NOTICE)
    expect(shown).toMatchObject([
      { title: '安然', options: { body: '邀请你视频通话', tag: 'call', requireInteraction: true } },
    ])
    takeBack()
    expect(shown[0]?.isOpen).toBe(false)
  })

  it('brings the tab to the front when it is clicked', () => {
    const { alerts, shown, focused } = createView()
    let clicks = 0
    alerts.notify({ ...NOTICE, onClick: () => (clicks += 1) })
    shown[0]?.onclick?.()
    expect([focused(), clicks, shown[0]?.isOpen]).toEqual([1, 1, false])
  })

  it.each([
    ['denied', { permission: 'denied' as const }],
    ['not asked for yet', { permission: 'default' as const }],
    ['not there', { permission: null }],
    ['only for service workers, as on Android', { canConstruct: false }],
  ])('is none where it is %s, and nothing falls over', (_what, options) => {
    const { alerts, shown } = createView(options)
    alerts.notify(NOTICE)()
    expect(shown).toEqual([])
  })

  it.each([
    ['granted', 'granted'],
    ['denied', 'denied'],
    [null, 'unsupported'],
  ] as const)('%s reads as %s', (permission, word) => {
    expect(createView({ permission }).alerts.permission).toBe(word)
  })

  it('is asked for only where there is one', async () => {
    const [there, missing] = [createView(), createView({ permission: null })]
    await there.alerts.askPermission()
    await missing.alerts.askPermission()
    expect([there.asked, missing.asked]).toEqual([['permission'], []])
  })
})

describe('the right to sound', () => {
  it('is one tab’s at a time, and goes on to the next', async () => {
    const { alerts } = createView()
    const held: string[] = []
    const giveBack = alerts.holdSoundRight('ring', () => held.push('first'))
    alerts.holdSoundRight('ring', () => held.push('second'))
    await told()
    expect(held).toEqual(['first'])
    giveBack()
    await told()
    expect(held).toEqual(['first', 'second'])
  })

  it('given back before it was had is never had', async () => {
    const { alerts } = createView()
    const held: string[] = []
    const giveBack = alerts.holdSoundRight('ring', () => held.push('first'))
    alerts.holdSoundRight('ring', () => held.push('second'))()
    await told()
    giveBack()
    await told()
    expect(held).toEqual(['first'])
  })

  it('is everybody’s where tabs can’t agree: a ring too many beats none', () => {
    const { alerts } = createView({ hasLocks: false })
    const held: string[] = []
    alerts.holdSoundRight('ring', () => held.push('first'))()
    alerts.holdSoundRight('ring', () => held.push('second'))()
    expect(held).toEqual(['first', 'second'])
  })
})

import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { useCoverStore } from '#client/layout/index.ts'
import type { CallOutcome } from '#shared/protocol/calls.ts'
import type { CallRole } from '../../../../src/client/calls/machine/state.ts'
import { calling, closing, coming, createFakeCall, waiting } from './fakeCall.ts'
import { showCall } from './showCall.ts'

describe('the overlay over the app', () => {
  it('is not there without a call', async () => {
    const screen = await showCall(null)
    expect(screen.dialog()).toBeNull()
    expect(document.querySelector('audio')).toBeNull()
  })

  it('gives the focus back to where it was', async () => {
    const opener = document.createElement('button')
    document.body.append(opener)
    opener.focus()
    const screen = await showCall(waiting())
    expect(document.activeElement).toBe(screen.get('button', '取消'))
    screen.view.call.value = null
    await expect.poll(() => document.activeElement).toBe(opener)
  })

  it('keeps the focus when the button that had it is gone', async () => {
    const screen = await showCall(coming())
    screen.view.call.value = calling({ role: 'callee' })
    await screen.settle()
    expect(document.activeElement).toBe(screen.get('button', '麦克风'))
  })

  it('stays closed when the user has closed how it ended', async () => {
    const screen = await showCall(closing())
    await screen.press('关闭')
    expect(screen.dialog()).toBeNull()
  })

  it('stays in reach while a dialog of the app hides the page from a screen reader', async () => {
    await showCall(waiting())
    expect(document.querySelector('[data-call-layer]')?.getAttribute('aria-live')).toBe('off')
  })
})

describe('the page behind', () => {
  it('is covered where the overlay fills the window, until it is minimised or gone', async () => {
    const never = window.matchMedia('(max-width: 1px)')
    const narrow = vi.spyOn(window, 'matchMedia').mockReturnValue(never)
    onTestFinished(() => {
      narrow.mockRestore()
    })
    const screen = await showCall(calling())
    expect(useCoverStore().isCovered).toBe(true)
    screen.view.minimised.value = true
    await screen.settle()
    expect(useCoverStore().isCovered).toBe(false)
    screen.view.minimised.value = false
    await screen.settle()
    expect(useCoverStore().isCovered).toBe(true)
    screen.view.call.value = null
    await screen.settle()
    expect(useCoverStore().isCovered).toBe(false)
  })

  it('can be seen beside a window of the call', async () => {
    await showCall(calling())
    expect(useCoverStore().isCovered).toBe(false)
  })
})

describe('the pill', () => {
  it('Esc minimises and never hangs up; the pill takes the focus and brings the call back', async () => {
    const screen = await showCall(calling())
    screen.view.talked.value = 62_000
    await screen.key('Escape')
    expect(screen.view.minimised.value).toBe(true)
    expect(screen.view.hangUp).not.toHaveBeenCalled()
    expect(screen.dialog()).toBeNull()
    expect(screen.get('timer', '通话时长').textContent).toBe('01:02')
    expect(document.activeElement).toBe(screen.get('button', '回到与安然的通话'))
    await screen.press('回到与安然的通话')
    expect(screen.dialog()).not.toBeNull()
    expect(document.activeElement).toBe(screen.get('button', '麦克风'))
  })

  it.each([
    ['waiting', waiting(), '取消', 'cancel'],
    ['coming', coming(), '拒绝', 'reject'],
    ['calling', calling(), '挂断', 'hangUp'],
  ] as const)('ends a call that is %s', async (_, call, name, act) => {
    const view = createFakeCall()
    view.minimised.value = true
    const screen = await showCall(call, { view })
    await screen.press(name)
    expect(view[act]).toHaveBeenCalledOnce()
  })

  it('says how it ended', async () => {
    const view = createFakeCall()
    view.minimised.value = true
    const screen = await showCall(closing({ durationMs: 83_000 }), { view })
    expect(screen.text()).toContain('通话时长 01:23')
    expect(document.querySelector('.pill button')).toBeNull()
  })
})

describe('how it ended', () => {
  const cases: readonly (readonly [CallOutcome, CallRole, string])[] = [
    ['completed', 'caller', '通话时长 01:23'],
    ['completed', 'callee', '通话时长 01:23'],
    ['cancelled', 'caller', '已取消'],
    ['cancelled', 'callee', '对方已取消'],
    ['rejected', 'caller', '对方已拒绝'],
    ['rejected', 'callee', '已拒绝'],
    ['unanswered', 'caller', '对方无应答'],
    ['unanswered', 'callee', '未接来电'],
    ['busy', 'caller', '对方忙线中'],
    ['busy', 'callee', '忙线未接听'],
    ['failed', 'caller', '通话中断'],
    ['taken', 'callee', '已在其他设备接听'],
  ]

  it.each(cases)('%s, as the %s reads it: %s', async (outcome, role, text) => {
    await showCall(closing({ outcome, role, durationMs: 83_000 }))
    expect(document.querySelector('.outcome')?.textContent.trim()).toBe(text)
  })

  it('says why it could not be, and what to do', async () => {
    const screen = await showCall(closing({ outcome: 'failed', failure: 'negotiation/no-path' }))
    expect(screen.text()).toContain('连接失败')
    expect(screen.text()).toContain('换个网络')
  })
})

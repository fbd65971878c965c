import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import { useCallStore } from '#client/calls/session/callStore.ts'
import { useControlsStore } from '#client/calls/session/controlsStore.ts'
import { useVideoUpgrade } from '#client/calls/upgrade/useVideoUpgrade.ts'
import { ask, NO_UPGRADE } from '#client/calls/upgrade/videoUpgrade.ts'
import { calling } from '../overlay/fakeCall.ts'

beforeEach(() => {
  vi.useFakeTimers()
  setActivePinia(createPinia())
})
afterEach(() => {
  vi.useRealTimers()
})

function inCall(kind: 'audio' | 'video' = 'audio') {
  const lines: string[] = []
  const calls = useCallStore()
  const controls = useControlsStore()
  const toggleCamera = vi.fn(() => (controls.camera = controls.camera === 'on' ? 'off' : 'on'))
  let number = 100
  const scope = effectScope()
  const upgrade = scope.run(() =>
    useVideoUpgrade({
      say: ({ word }) => void lines.push(word),
      toggleCamera,
      number: () => (number += 1),
    }),
  )
  if (upgrade === undefined) throw new Error('no scope')
  calls.call = calling({ kind })
  return { lines, calls, controls, upgrade, scope }
}

describe('the camera button of a voice call', () => {
  it('asks, and opens the camera only when the peer agrees', () => {
    const { upgrade, controls } = inCall()
    upgrade.receive(NO_UPGRADE)
    upgrade.toggleCamera()
    expect([upgrade.state.value, controls.camera]).toEqual(['asking', 'off'])
    upgrade.receive({ ...NO_UPGRADE, answered: upgrade.local.value.asked, yes: true })
    expect([upgrade.state.value, controls.camera]).toEqual(['none', 'on'])
    // From then on everybody switches their own.
    upgrade.toggleCamera()
    upgrade.toggleCamera()
    expect([upgrade.state.value, controls.camera]).toEqual(['none', 'on'])
  })

  it('declined, it stays voice and says so', () => {
    const { upgrade, controls, lines } = inCall()
    upgrade.receive(NO_UPGRADE)
    upgrade.toggleCamera()
    upgrade.receive({ ...NO_UPGRADE, answered: upgrade.local.value.asked, yes: false })
    expect([upgrade.state.value, controls.camera, lines]).toEqual([
      'none',
      'off',
      ['upgradeDeclined'],
    ])
  })

  it('pressed again takes the upgrade back; unanswered, it ends by itself and says so', () => {
    const { upgrade, controls, lines } = inCall()
    upgrade.receive(NO_UPGRADE)
    upgrade.toggleCamera()
    upgrade.toggleCamera()
    expect([upgrade.state.value, upgrade.local.value.open, controls.camera]).toEqual([
      'none',
      false,
      'off',
    ])
    vi.advanceTimersByTime(60_000)
    expect(lines).toEqual([])
    upgrade.toggleCamera()
    vi.advanceTimersByTime(30_000)
    expect([upgrade.state.value, lines]).toEqual(['none', ['upgradeUnanswered']])
  })

  it('just opens it where nobody has to be asked', () => {
    const old = inCall()
    old.upgrade.receive(undefined)
    old.upgrade.toggleCamera()
    expect(old.controls.camera).toBe('on')

    const shown = inCall()
    shown.controls.camera = 'off'
    shown.upgrade.receive(NO_UPGRADE)
    shown.controls.peerCameraOn = true
    shown.upgrade.toggleCamera()
    expect(shown.controls.camera).toBe('on')
  })

  it('in a video call asks nobody', () => {
    const { upgrade, controls } = inCall('video')
    upgrade.receive(NO_UPGRADE)
    upgrade.toggleCamera()
    expect([upgrade.state.value, controls.camera]).toEqual(['none', 'on'])
  })
})

describe('who is asked', () => {
  it.each([
    [true, 'on'],
    [false, 'off'],
  ] as const)('answers %s, and the camera is %s', (yes, camera) => {
    const { upgrade, controls } = inCall()
    upgrade.receive(ask(NO_UPGRADE, 5))
    expect([upgrade.state.value, controls.camera]).toEqual(['asked', 'off'])
    upgrade.answerUpgrade(yes)
    expect([upgrade.state.value, controls.camera]).toEqual(['none', camera])
    expect(upgrade.local.value).toMatchObject({ answered: 5, yes })
  })

  it('says yes by the camera button as well', () => {
    const { upgrade, controls } = inCall()
    upgrade.receive(ask(NO_UPGRADE, 5))
    upgrade.toggleCamera()
    expect(controls.camera).toBe('on')
    expect(upgrade.local.value).toMatchObject({ answered: 5, yes: true, open: false })
  })

  it('is asked no more when the call is over', () => {
    const { upgrade, calls } = inCall()
    upgrade.receive(ask(NO_UPGRADE, 5))
    calls.call = null
    expect(upgrade.state.value).toBe('none')
    upgrade.answerUpgrade(true)
    expect(upgrade.local.value).toEqual(NO_UPGRADE)
  })
})

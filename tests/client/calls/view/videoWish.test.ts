import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import { useCallStore } from '#client/calls/callStore.ts'
import { useControlsStore } from '#client/calls/controlsStore.ts'
import { useVideoWish } from '#client/calls/view/useVideoWish.ts'
import { ask, NO_WISH } from '#client/calls/wish/videoWish.ts'
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
  const wish = scope.run(() =>
    useVideoWish({
      say: ({ word }) => void lines.push(word),
      toggleCamera,
      number: () => (number += 1),
    }),
  )
  if (wish === undefined) throw new Error('no scope')
  calls.call = calling({ kind })
  return { lines, calls, controls, wish, scope }
}

describe('the camera button of a voice call', () => {
  it('asks, and opens the camera only when the peer agrees', () => {
    const { wish, controls } = inCall()
    wish.hear(NO_WISH)
    wish.toggleCamera()
    expect([wish.wish.value, controls.camera]).toEqual(['asking', 'off'])
    wish.hear({ ...NO_WISH, answered: wish.mine.value.asked, yes: true })
    expect([wish.wish.value, controls.camera]).toEqual(['none', 'on'])
    // From then on everybody switches their own.
    wish.toggleCamera()
    wish.toggleCamera()
    expect([wish.wish.value, controls.camera]).toEqual(['none', 'on'])
  })

  it('declined, it stays voice and says so', () => {
    const { wish, controls, lines } = inCall()
    wish.hear(NO_WISH)
    wish.toggleCamera()
    wish.hear({ ...NO_WISH, answered: wish.mine.value.asked, yes: false })
    expect([wish.wish.value, controls.camera, lines]).toEqual(['none', 'off', ['wishDeclined']])
  })

  it('pressed again takes the wish back; unanswered, it ends by itself and says so', () => {
    const { wish, controls, lines } = inCall()
    wish.hear(NO_WISH)
    wish.toggleCamera()
    wish.toggleCamera()
    expect([wish.wish.value, wish.mine.value.open, controls.camera]).toEqual(['none', false, 'off'])
    vi.advanceTimersByTime(60_000)
    expect(lines).toEqual([])
    wish.toggleCamera()
    vi.advanceTimersByTime(30_000)
    expect([wish.wish.value, lines]).toEqual(['none', ['wishUnanswered']])
  })

  it('just opens it where nobody has to be asked', () => {
    const old = inCall()
    old.wish.hear(undefined)
    old.wish.toggleCamera()
    expect(old.controls.camera).toBe('on')

    const shown = inCall()
    shown.controls.camera = 'off'
    shown.wish.hear(NO_WISH)
    shown.controls.peerCameraOn = true
    shown.wish.toggleCamera()
    expect(shown.controls.camera).toBe('on')
  })

  it('in a video call asks nobody', () => {
    const { wish, controls } = inCall('video')
    wish.hear(NO_WISH)
    wish.toggleCamera()
    expect([wish.wish.value, controls.camera]).toEqual(['none', 'on'])
  })
})

describe('who is asked', () => {
  it.each([
    [true, 'on'],
    [false, 'off'],
  ] as const)('answers %s, and the camera is %s', (yes, camera) => {
    const { wish, controls } = inCall()
    wish.hear(ask(NO_WISH, 5))
    expect([wish.wish.value, controls.camera]).toEqual(['asked', 'off'])
    wish.answerWish(yes)
    expect([wish.wish.value, controls.camera]).toEqual(['none', camera])
    expect(wish.mine.value).toMatchObject({ answered: 5, yes })
  })

  it('says yes by the camera button as well', () => {
    const { wish, controls } = inCall()
    wish.hear(ask(NO_WISH, 5))
    wish.toggleCamera()
    expect(controls.camera).toBe('on')
    expect(wish.mine.value).toMatchObject({ answered: 5, yes: true, open: false })
  })

  it('is asked no more when the call is over', () => {
    const { wish, calls } = inCall()
    wish.hear(ask(NO_WISH, 5))
    calls.call = null
    expect(wish.wish.value).toBe('none')
    wish.answerWish(true)
    expect(wish.mine.value).toEqual(NO_WISH)
  })
})

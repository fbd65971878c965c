import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { effectScope, shallowRef } from 'vue'
import type { CallState, Link } from '#client/calls/machine/state.ts'
import { TUNES } from '#client/calls/ringing/ringtone.ts'
import { useSeekingTone } from '#client/calls/ringing/useSeekingTone.ts'
import { createFakeSound } from '../../../support/client/fakeSound.ts'
import { calling, closing } from '../overlay/fakeCall.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function open() {
  const sound = createFakeSound()
  const call = shallowRef<CallState | null>(null)
  const scope = effectScope()
  scope.run(() => {
    useSeekingTone(call, sound)
  })
  return {
    sound,
    call,
    scope,
    become: (link: Link) => {
      call.value = calling({ link })
    },
  }
}

it('sounds softly when the path of a talk has been lost for a second', () => {
  const { sound, become } = open()
  become('connected')
  become('reconnecting')
  vi.advanceTimersByTime(900)
  expect(sound.looping).toEqual([])
  vi.advanceTimersByTime(100)
  expect(sound.looping).toEqual([TUNES.seeking])
})

it('is softer than every other sound of a call', () => {
  const loudest = (notes: readonly { gain: number }[]) => Math.max(...notes.map(({ gain }) => gain))
  const { seeking, ...others } = TUNES
  for (const { notes } of Object.values(others)) {
    expect(loudest(seeking.notes)).toBeLessThan(loudest(notes) / 2)
  }
})

it('is silent at once when the path is back, and when the call ends', () => {
  const { sound, call, become } = open()
  become('reconnecting')
  vi.advanceTimersByTime(5_000)
  become('connected')
  expect(sound.looping).toEqual([])
  become('reconnecting')
  vi.advanceTimersByTime(5_000)
  call.value = closing()
  expect(sound.looping).toEqual([])
})

it('does not begin for what is back within the second, nor while a call is first connected', () => {
  const { sound, become } = open()
  become('connecting')
  vi.advanceTimersByTime(10_000)
  become('reconnecting')
  vi.advanceTimersByTime(500)
  become('connected')
  vi.advanceTimersByTime(10_000)
  expect(sound.looping).toEqual([])
})

it('leaves neither tone nor timer behind', () => {
  const { sound, scope, become } = open()
  become('reconnecting')
  vi.advanceTimersByTime(2_000)
  scope.stop()
  expect([sound.looping.length, vi.getTimerCount()]).toEqual([0, 0])
})

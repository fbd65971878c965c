import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { effectScope, nextTick, shallowRef } from 'vue'
import { useLevel } from '#client/calls/media/useLevel.ts'
import { asTrack, FakeTrack } from '../../../support/peer/FakeTrack.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function watchLevel() {
  const track = shallowRef<MediaStreamTrack | null>(null)
  const meters: { loudness: number; isStopped: boolean }[] = []
  const scope = effectScope()
  const level = scope.run(() =>
    useLevel(track, () => {
      const meter = { loudness: 0, isStopped: false }
      meters.push(meter)
      return {
        read: () => meter.loudness,
        stop() {
          meter.isStopped = true
        },
      }
    }),
  )
  return { track, meters, level, scope }
}

it('reads a track ten times a second, and nothing without one', async () => {
  const { track, meters, level } = watchLevel()
  expect(level?.value).toBe(0)
  track.value = asTrack(new FakeTrack('audio'))
  await nextTick()
  for (const meter of meters) meter.loudness = 0.5
  vi.advanceTimersByTime(100)
  expect(level?.value).toBe(0.5)
  track.value = null
  await nextTick()
  expect(level?.value).toBe(0)
  expect(meters).toEqual([{ loudness: 0.5, isStopped: true }])
  expect(vi.getTimerCount()).toBe(0)
})

it('measures the newest track only', async () => {
  const { track, meters } = watchLevel()
  track.value = asTrack(new FakeTrack('audio'))
  await nextTick()
  track.value = asTrack(new FakeTrack('audio'))
  await nextTick()
  expect(meters.map(({ isStopped }) => isStopped)).toEqual([true, false])
})

it('stops measuring with whoever looked', async () => {
  const { track, meters, scope } = watchLevel()
  track.value = asTrack(new FakeTrack('audio'))
  await nextTick()
  scope.stop()
  expect(vi.getTimerCount()).toBe(0)
  expect(meters.map(({ isStopped }) => isStopped)).toEqual([true])
})

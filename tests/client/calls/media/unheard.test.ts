import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { effectScope, ref } from 'vue'
import { useUnheard } from '#client/calls/media/useUnheard.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function open({ canMeasure = true } = {}) {
  const level = ref(0.2)
  const isOn = ref(false)
  const scope = effectScope()
  const isUnheard = scope.run(() =>
    useUnheard({ level, isSpoken: () => isOn.value, canMeasure: () => canMeasure }),
  )
  return { level, isOn, scope, isUnheard: () => isUnheard?.value }
}

it('a microphone that gives exact zeros for six seconds is noticed, and no more when it sounds', () => {
  const { level, isOn, isUnheard } = open()
  isOn.value = true
  level.value = 0
  vi.advanceTimersByTime(5_900)
  expect(isUnheard()).toBe(false)
  vi.advanceTimersByTime(100)
  expect(isUnheard()).toBe(true)
  level.value = 0.0001
  expect(isUnheard()).toBe(false)
})

it('one that is muted, or that hums, is no trouble', () => {
  const { level, isOn, isUnheard } = open()
  level.value = 0
  vi.advanceTimersByTime(60_000)
  isOn.value = true
  vi.advanceTimersByTime(5_000)
  level.value = 0.001
  level.value = 0
  vi.advanceTimersByTime(5_000)
  expect(isUnheard()).toBe(false)
})

it('a page that may not sound says nothing of it', () => {
  const { level, isOn, isUnheard } = open({ canMeasure: false })
  isOn.value = true
  level.value = 0
  vi.advanceTimersByTime(60_000)
  expect(isUnheard()).toBe(false)
})

it('ends with the call, and leaves no timer', () => {
  const { level, isOn, scope, isUnheard } = open()
  isOn.value = true
  level.value = 0
  vi.advanceTimersByTime(7_000)
  isOn.value = false
  expect(isUnheard()).toBe(false)
  isOn.value = true
  scope.stop()
  expect(vi.getTimerCount()).toBe(0)
})

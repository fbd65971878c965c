import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createAsking } from '#client/feed/asking.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function anAsking() {
  const ask = vi.fn(() => Promise.resolve())
  return { ask, asking: createAsking(ask) }
}

it('[CH6] says what has come when no more comes', async () => {
  const { ask, asking } = anAsking()
  asking.soon()
  asking.soon()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(ask).toHaveBeenCalledOnce()
})

it('[CH6] says it also where more comes all the time', async () => {
  const { ask, asking } = anAsking()
  for (let passed = 0; passed < 10_000; passed += 100) {
    asking.soon()
    await vi.advanceTimersByTimeAsync(100)
  }
  expect(ask.mock.calls.length).toBeGreaterThanOrEqual(4)
})

it('asks nothing once it is stopped', async () => {
  const { ask, asking } = anAsking()
  asking.later()
  asking.soon()
  asking.stop()
  await vi.advanceTimersByTimeAsync(600_000)
  expect(ask).not.toHaveBeenCalled()
})

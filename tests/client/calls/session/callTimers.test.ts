import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createCallTimers } from '#client/calls/session/callTimers.ts'
import type { CallEvent } from '#client/calls/machine/events.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function timers({ isEndOffering = false } = {}) {
  const events: CallEvent[] = []
  const running = createCallTimers((event) => events.push(event), {
    now: () => 77,
    isEndOffering: () => isEndOffering,
  })
  return { running, events }
}

it.each([
  ['hint', 30_000, { type: 'timer/hinted', callId: 'a' }],
  ['ring', 70_000, { type: 'timer/ring-ended', callId: 'a' }],
  ['connect', 30_000, { type: 'timer/connect-ended', callId: 'a', at: 77 }],
  ['linger', 2_000, { type: 'timer/lingered', callId: 'a' }],
] as const)('[CA4] %s comes back once after %i ms, with its call', (timer, ms, event) => {
  const { running, events } = timers()
  running.start(timer, 'a')
  vi.advanceTimersByTime(ms - 1)
  expect(events).toEqual([])
  vi.advanceTimersByTime(1)
  expect(events).toEqual([event])
  vi.advanceTimersByTime(1_000_000)
  expect(events).toHaveLength(1)
})

it('stops those of one call and leaves those of another', () => {
  const { running, events } = timers()
  running.start('hint', 'a')
  running.start('ring', 'a')
  running.start('linger', 'b')
  running.stopAll('a')
  running.stopAll('unknown')
  expect(vi.getTimerCount()).toBe(1)
  vi.advanceTimersByTime(100_000)
  expect(events).toEqual([{ type: 'timer/lingered', callId: 'b' }])
})

it('an end that offers something to press stays long enough to decide, other timers do not', () => {
  const { running, events } = timers({ isEndOffering: true })
  running.start('linger', 'a')
  running.start('hint', 'a')
  vi.advanceTimersByTime(5_900)
  expect(events).toEqual([])
  vi.advanceTimersByTime(100)
  expect(events).toEqual([{ type: 'timer/lingered', callId: 'a' }])
  vi.advanceTimersByTime(24_000)
  expect(events).toHaveLength(2)
})

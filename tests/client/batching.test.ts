import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { FeedItem } from '#shared/protocol/feed.ts'
import { createBatching } from '#client/feed/batching.ts'
import { BAI_LU, message } from '../support/client/people.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] })
  // The first second of a page is not a busy one.
  vi.advanceTimersByTime(10_000)
})
afterEach(() => {
  vi.useRealTimers()
})

const item = (pos: number): FeedItem => ({
  pos,
  entry: { kind: 'message', message: message(pos), peer: BAI_LU },
})

/** What is handed on, by the ms at which it is. */
function aBatching() {
  const handedOn = new Map<number, number[]>()
  const startedAt = performance.now()
  const take = createBatching(({ pos }) => {
    const at = performance.now() - startedAt
    handedOn.set(at, [...(handedOn.get(at) ?? []), pos])
  })
  return { handedOn, take }
}

it('hands on at once what comes now and then', () => {
  const { handedOn, take } = aBatching()
  for (let pos = 1; pos <= 20; pos += 1) {
    take(item(pos))
    vi.advanceTimersByTime(101)
  }
  expect([...handedOn.values()]).toEqual(Array.from({ length: 20 }, (_, at) => [at + 1]))
})

it('[L10] hands on together what comes quickly, all of it, in order, soon', () => {
  const { handedOn, take } = aBatching()
  for (let pos = 1; pos <= 100; pos += 1) {
    take(item(pos))
    vi.advanceTimersByTime(20)
  }
  vi.advanceTimersByTime(100)
  const together = [...handedOn.values()]
  expect(together.flat()).toEqual(Array.from({ length: 100 }, (_, at) => at + 1))
  expect(together.slice(0, 10).map((one) => one.length)).toEqual(Array(10).fill(1))
  // Half of what it would be.
  expect(together.length).toBeLessThan(45)
  expect(Math.max(...together.map((one) => one.length))).toBeLessThanOrEqual(6)
})

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { HEARTBEAT_INTERVAL_MS, HEARTBEAT_TIMEOUT_MS } from '#shared/limits.ts'
import type { Connection } from '#server/platform/gateway/connection.ts'
import { createConnections } from '#server/platform/gateway/connections.ts'
import { startHeartbeat } from '#server/platform/gateway/heartbeat.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const HOUR_MS = 3_600_000

function aConnection(userId: string) {
  const owner = { userId, sessionId: 's', expiresAt: Number.POSITIVE_INFINITY }
  const acts = { ping: vi.fn(), terminate: vi.fn() }
  return { owner, seenAt: 0, openedAt: 0, leg: {}, ...acts }
}

function start(count: number) {
  const time = { now: 0, elapsed: 0 }
  const clock = { now: () => time.now, elapsed: () => time.elapsed, after: () => () => {} }
  const connections = createConnections()
  const all = Array.from({ length: count }, (_, index) => aConnection(`user ${index}`))
  for (const one of all) connections.add(one as unknown as Connection)
  const stop = startHeartbeat(connections, clock)
  const pings = () => all.reduce((sum, { ping }) => sum + ping.mock.calls.length, 0)
  return { all, stop, pings, time }
}

describe('the heartbeat', () => {
  it.each([1, 19, 20, 21, 107])('pings each of %d sockets once in an interval', (count) => {
    const { all } = start(count)
    vi.advanceTimersByTime(3 * HEARTBEAT_INTERVAL_MS)
    expect(all.map(({ ping }) => ping.mock.calls.length)).toEqual(all.map(() => 3))
  })

  it('spreads them over it', () => {
    const { pings } = start(1_000)
    vi.advanceTimersByTime(HEARTBEAT_INTERVAL_MS / 2)
    expect(pings()).toBe(500)
  })

  it.each([HOUR_MS, -3 * HOUR_MS])('ends nobody when the clock is set by %d ms', (setBy) => {
    const { all, pings, time } = start(10)
    time.now += setBy
    vi.advanceTimersByTime(HEARTBEAT_INTERVAL_MS)
    expect(pings()).toBe(10)
    time.elapsed += HEARTBEAT_TIMEOUT_MS + 1
    vi.advanceTimersByTime(HEARTBEAT_INTERVAL_MS)
    expect(all.map(({ terminate }) => terminate.mock.calls.length)).toEqual(all.map(() => 1))
  })

  it('stops', () => {
    const { stop, pings } = start(10)
    stop()
    vi.advanceTimersByTime(HEARTBEAT_INTERVAL_MS)
    expect(pings()).toBe(0)
  })
})

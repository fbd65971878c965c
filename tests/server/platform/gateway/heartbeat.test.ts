import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { HEARTBEAT_INTERVAL_MS } from '#shared/limits.ts'
import type { Connection } from '#server/platform/gateway/connection.ts'
import { createConnections } from '#server/platform/gateway/connections.ts'
import { startHeartbeat } from '#server/platform/gateway/heartbeat.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const CLOCK = { now: () => 0, after: () => () => {} }

function aConnection(userId: string) {
  const owner = { userId, sessionId: 's', expiresAt: 1 }
  return { owner, seenAt: 0, openedAt: 0, leg: null, ping: vi.fn() }
}

function start(count: number) {
  const connections = createConnections()
  const all = Array.from({ length: count }, (_, index) => aConnection(`user ${index}`))
  for (const one of all) connections.add(one as unknown as Connection)
  const stop = startHeartbeat(connections, CLOCK)
  const pings = () => all.reduce((sum, { ping }) => sum + ping.mock.calls.length, 0)
  return { all, stop, pings }
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

  it('stops', () => {
    const { stop, pings } = start(10)
    stop()
    vi.advanceTimersByTime(HEARTBEAT_INTERVAL_MS)
    expect(pings()).toBe(0)
  })
})

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createReleaser } from '#server/platform/gateway/releaser.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a releaser', () => {
  it('releases each of what waits once, soon, and again when it waits again', () => {
    const releaseSoon = createReleaser()
    const one = { release: vi.fn() }
    const other = { release: vi.fn() }
    releaseSoon(one)
    releaseSoon(other)
    releaseSoon(one)
    expect(one.release).not.toHaveBeenCalled()
    vi.advanceTimersByTime(250)
    expect(one.release).toHaveBeenCalledOnce()
    expect(other.release).toHaveBeenCalledOnce()
    releaseSoon(one)
    vi.advanceTimersByTime(250)
    expect(one.release).toHaveBeenCalledTimes(2)
    expect(other.release).toHaveBeenCalledOnce()
  })
})

import { describe, expect, it, vi } from 'vitest'
import { createServerClock } from '#client/platform/socket/serverClock.ts'

const NOON = Date.UTC(2026, 0, 15, 12)

/** A device with a clock that nobody can set beside the one that somebody sets. */
function aDevice() {
  let elapsed = 5_000
  const clock = createServerClock(() => elapsed)
  const pass = (ms: number): void => {
    elapsed += ms
  }
  return {
    clock,
    pass,
    /** The server says its time, after so long on each way. */
    hear: (serverNow: number, { there = 0, back = 0 } = {}): void => {
      clock.ask()
      pass(there + back)
      clock.adjust(serverNow)
    },
  }
}

describe('the server’s clock on a device', () => {
  it.each([3_600_000, -3 * 3_600_000])(
    '[HS3] goes on when the clock of the device is set by %i ms',
    (jumpMs) => {
      vi.useFakeTimers({ toFake: ['Date'], now: NOON })
      const { clock, pass, hear } = aDevice()
      hear(NOON)
      vi.setSystemTime(NOON + jumpMs)
      pass(8_000)
      expect(clock.now()).toBe(NOON + 8_000)
      vi.useRealTimers()
    },
  )

  it('[HS3] [HS7] follows what a pong says, after a sleep in which nothing was counted', () => {
    const { clock, hear } = aDevice()
    hear(NOON)
    hear(NOON + 60_000)
    expect(clock.now()).toBe(NOON + 60_000)
  })

  it('[HS3] does not tremble with answers that are late', () => {
    const { clock, hear } = aDevice()
    hear(NOON)
    hear(NOON + 10, { there: 10, back: 400 })
    expect(clock.now()).toBe(NOON + 410)
    hear(NOON + 710, { there: 300, back: 20 })
    expect(clock.now()).toBe(NOON + 730)
  })

  it('[HS3] goes back when the server does', () => {
    const { clock, hear } = aDevice()
    hear(NOON)
    hear(NOON - 50_000, { there: 10, back: 10 })
    expect(clock.now()).toBe(NOON - 49_980)
  })

  it('is the device’s own until the server has said something', () => {
    vi.useFakeTimers({ toFake: ['Date'], now: NOON })
    const { clock, pass } = aDevice()
    pass(1_000)
    expect(clock.now()).toBe(NOON + 1_000)
    vi.useRealTimers()
  })
})

import { onTestFinished, vi } from 'vitest'

const FAKED = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] as const
const STEP_MS = 10
/** Turns of the real event loop in a step: enough for a frame to reach the other end of a socket. */
const TURNS_A_STEP = 4

/**
 * Time for tests in which server and clients share this process and real sockets: it moves in small
 * steps, and between two of them the event loop runs. So a minute takes a moment, and how fast the
 * machine is changes nothing.
 */
export function useVirtualTime(): void {
  vi.useFakeTimers({ toFake: [...FAKED] })
  onTestFinished(() => {
    vi.useRealTimers()
  })
}

const turn = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve)
  })

/** Let everything that is under way on sockets arrive, without time passing. */
export async function settle(turns = 12): Promise<void> {
  for (let count = 0; count < turns; count += 1) await turn()
}

/** Let time pass. */
export async function pass(ms: number, stepMs = STEP_MS): Promise<void> {
  for (let passed = 0; passed < ms; passed += stepMs) {
    vi.advanceTimersByTime(Math.min(stepMs, ms - passed))
    await settle(TURNS_A_STEP)
  }
}

/** Let time pass until something holds; what is told says what was waited for. */
export async function until(
  what: string,
  holds: () => boolean,
  { withinMs = 90_000 }: { withinMs?: number } = {},
): Promise<void> {
  await settle()
  for (let passed = 0; !holds(); passed += STEP_MS) {
    if (passed > withinMs) throw new Error(`waited ${withinMs} ms for: ${what}`)
    await pass(STEP_MS)
  }
}

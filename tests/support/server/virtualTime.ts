import pg from 'pg'
import { onTestFinished, vi } from 'vitest'

const FAKED = [
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'Date',
  'performance',
] as const
const STEP_MS = 10
/** Turns of the real event loop in a step: enough for a frame to reach the other end of a socket. */
const TURNS_A_STEP = 4

/**
 * Time for tests in which server and clients share this process and real sockets: it moves in small
 * steps, and between two of them the event loop runs, and PostgreSQL answers. So a minute takes a
 * moment, and how fast the machine is changes nothing.
 */
export function useVirtualTime(): void {
  vi.useFakeTimers({ toFake: [...FAKED] })
  onTestFinished(() => {
    vi.useRealTimers()
  })
}

/** What PostgreSQL has been asked and has not answered. */
let asked = 0

/** Count what this method of pg has under way. */
function count(prototype: object, name: string): void {
  const method: unknown = Reflect.get(prototype, name)
  if (typeof method !== 'function') throw new Error(`pg has no ${name}`)
  Reflect.set(prototype, name, function (this: unknown, ...args: unknown[]): unknown {
    const answer: unknown = Reflect.apply(method, this, args)
    if (!(answer instanceof Promise)) return answer
    asked += 1
    const note = (): void => {
      asked -= 1
    }
    answer.then(note, note)
    return answer
  })
}
count(pg.Client.prototype, 'query')
count(pg.Pool.prototype, 'connect')

const turn = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve)
  })

/** Let everything that is under way on sockets arrive, without time passing. */
export async function settle(turns = 12): Promise<void> {
  for (let left = turns; left > 0; left -= 1) {
    await turn()
    // It answers in its own time, and no time passes here meanwhile.
    if (asked > 0) left = turns
  }
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

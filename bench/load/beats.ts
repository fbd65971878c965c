import type { Line } from './side.ts'

const TICK_MS = 50

/**
 * Let every line beat once in a time, one after the other and not all at once.
 * @returns what ends it
 */
export function beatAll(lines: readonly Line[], intervalMs: number): () => void {
  const perTick = (lines.length * TICK_MS) / intervalMs
  let due = 0
  let next = 0
  const timer = setInterval(() => {
    for (due += perTick; due >= 1; due -= 1) {
      const line = lines[next % lines.length]
      next += 1
      const frame = line?.beat()
      if (typeof frame === 'string' && line?.socket.readyState === line?.socket.OPEN)
        line?.socket.send(frame)
    }
  }, TICK_MS)
  return () => {
    clearInterval(timer)
  }
}

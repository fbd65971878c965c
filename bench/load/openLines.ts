import type { Line, Side } from './side.ts'

/** Connections that are being opened at a time: more would only wait in the kernel's queue. */
const AT_A_TIME = 64

/** Connect clients `from` … `to - 1`. */
export async function openLines(side: Side, from: number, to: number): Promise<Line[]> {
  const lines: Line[] = []
  for (let first = from; first < to; first += AT_A_TIME) {
    const count = Math.min(AT_A_TIME, to - first)
    const some = Array.from({ length: count }, (_, at) => side.open(first + at))
    lines.push(...(await Promise.all(some)))
  }
  return lines
}

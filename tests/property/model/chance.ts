/** Numbers that look random and are the same for the same seed (mulberry32). */
export interface Chance {
  /** 0 up to, not including, `below`; whole. */
  below(below: number): number
  /** True in so many of a hundred. */
  percent(of100: number): boolean
}

export function createChance(seed: number): Chance {
  let state = seed | 0
  function next(): number {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  return {
    below: (below) => Math.floor(next() * below),
    percent: (of100) => next() * 100 < of100,
  }
}

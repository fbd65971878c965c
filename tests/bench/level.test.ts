import { describe, expect, it } from 'vitest'
import { highest, levelOf } from '../../bench/load/level.ts'
import type { StepResult } from '../../bench/load/offerLoad.ts'

const aRound = (different: Partial<StepResult> = {}): StepResult => ({
  pace: 1,
  sent: 10_000,
  lost: 0,
  p50Ms: 1,
  p99Ms: 5,
  generatorCpu: 0.3,
  serverUs: 20,
  serverWaited: 0,
  ...different,
})

describe('a level of load', () => {
  it.each([
    ['counts', 'up to 25 ms', { p99Ms: 25 }],
    ['too slow', 'above', { p99Ms: 25.1 }],
    ['too slow', 'when nothing came', { p99Ms: Number.NaN }],
    ['counts', 'with 0.025 % lost', { lost: 2 }],
    ['loses', 'with more', { lost: 3 }],
    ['void', 'when the generator was busy with itself', { generatorCpu: 0.86, p99Ms: 99 }],
    ['void', 'when less was offered than said', { pace: 0.97 }],
  ] as const)('%s %s', (verdict, _, different) => {
    expect(levelOf(5_000, [aRound(different)]).verdict).toBe(verdict)
  })

  it('is judged by the median of its rounds, and by all that was lost', () => {
    const slow = aRound({ p99Ms: 80 })
    expect(levelOf(5_000, [aRound(), slow, aRound()])).toMatchObject({
      verdict: 'counts',
      p99Ms: { median: 5, min: 5, max: 80 },
    })
    expect(levelOf(5_000, [aRound(), aRound({ lost: 30 })]).verdict).toBe('loses')
  })

  it('is the highest when all above it fail', () => {
    const levels = [1_000, 2_000, 5_000].map((rate) =>
      levelOf(rate, [aRound({ p99Ms: rate / 100 })]),
    )
    expect(highest(levels)?.rate).toBe(2_000)
    expect(highest(levels.slice(2))).toBeNull()
  })
})

import { expect, test } from 'vitest'
import { createProgress, lineOf, withoutProgress } from '../../../scripts/testing/progress.mjs'

function heard(steps: readonly { at: number; done: number; failed?: readonly string[] }[]) {
  const said: string[] = []
  let at = 0
  const progress = createProgress('end to end', { say: (line) => said.push(line), now: () => at })
  for (const { done, failed = [], ...step } of steps) {
    at = step.at
    progress.hear(lineOf({ done, of: 9, unit: 'tests', failed }).trimEnd())
  }
  return said
}

test('the count is said every twenty seconds, not with each test', () => {
  const said = heard([
    { at: 1_000, done: 1 },
    { at: 20_000, done: 2 },
    { at: 21_000, done: 3 },
    { at: 40_000, done: 4 },
  ])
  expect(said).toEqual([
    '  end to end: 2 of 9 tests, 0 failed',
    '  end to end: 4 of 9 tests, 0 failed',
  ])
})

test('a failure is said at once, and counted', () => {
  const said = heard([
    { at: 1_000, done: 1, failed: ['call › rings'] },
    { at: 20_000, done: 2 },
  ])
  expect(said).toEqual(['  ✗ call › rings', '  end to end: 2 of 9 tests, 1 failed'])
})

test('what the suite itself writes is no progress', () => {
  const said: string[] = []
  const progress = createProgress('unit', { say: (line) => said.push(line), now: () => 0 })
  progress.hear('Error: expected 1 to be 2')
  expect(said).toEqual([])
})

test('what is shown of a failed suite has no lines of progress in it', () => {
  const output = `before\n${lineOf({ done: 1, of: 2, unit: 'files', failed: [] })}after`
  expect(withoutProgress(output)).toBe('before\nafter')
})

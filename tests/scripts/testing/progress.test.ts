import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createProgress, lineOf, withoutProgress } from '../../../scripts/testing/progress.mjs'
import { runSuite } from '../../../scripts/testing/runSuite.mjs'

let lines: string[] = []
const said = (): readonly string[] => lines
const lineAfter = (done: number, ...failed: string[]): string =>
  lineOf({ done, of: 9, unit: 'tests', failed }).trimEnd()

beforeEach(() => {
  vi.useFakeTimers()
  lines = []
  vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line))
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

test('the count is said every twenty seconds, not with each test', () => {
  const { hear, stop } = createProgress('end to end')
  hear(lineAfter(1))
  vi.advanceTimersByTime(19_999)
  hear(lineAfter(2))
  expect(said()).toEqual([])
  vi.advanceTimersByTime(1)
  hear(lineAfter(3))
  hear(lineAfter(4))
  vi.advanceTimersByTime(20_000)
  stop()
  expect(said()).toEqual([
    '  end to end: 20 s, 2 of 9 tests, 0 failed',
    '  end to end: 40 s, 4 of 9 tests, 0 failed',
  ])
})

test('a test that hangs is no reason to say nothing', () => {
  const { hear, stop } = createProgress('end to end')
  hear(lineAfter(1))
  vi.advanceTimersByTime(60_000)
  stop()
  expect(said()).toEqual([
    '  end to end: 20 s, 1 of 9 tests, 0 failed',
    '  end to end: 40 s, 1 of 9 tests, 0 failed',
    '  end to end: 60 s, 1 of 9 tests, 0 failed',
  ])
})

test('a failure is said at once, and counted', () => {
  const { hear, stop } = createProgress('end to end')
  hear(lineAfter(1, 'call › rings'))
  expect(said()).toEqual(['  ✗ call › rings'])
  hear(lineAfter(2))
  vi.advanceTimersByTime(20_000)
  stop()
  expect(said().at(-1)).toBe('  end to end: 20 s, 2 of 9 tests, 1 failed')
})

test('what the suite itself writes is no progress', () => {
  const { hear, stop } = createProgress('unit')
  hear('Error: expected 1 to be 2')
  stop()
  expect(said()).toEqual([])
})

test('a suite that tells nothing is said to run, until it has ended', async () => {
  const checked = Promise.withResolvers<{
    counts: Record<'passed' | 'failed' | 'skipped', number>
  }>()
  const running = runSuite({ name: 'lint', needs: [], run: () => checked.promise })
  vi.advanceTimersByTime(40_000)
  checked.resolve({ counts: { passed: 1, failed: 0, skipped: 0 } })
  await running
  vi.advanceTimersByTime(40_000)
  expect(said()).toEqual([
    '▶ lint',
    '  lint: 20 s',
    '  lint: 40 s',
    '✓ lint: 1 passed, 0 failed (40 s)',
  ])
})

test('a suite that can not even run has failed, and is said no more', async () => {
  const run = () => Promise.reject(new Error('no such program'))
  expect(await runSuite({ name: 'types', needs: [], run })).toMatchObject({ failed: 1 })
  vi.advanceTimersByTime(40_000)
  expect(said()).toEqual(['▶ types', '✗ types: 0 passed, 1 failed (0 s)', 'no such program\n'])
})

test('what is shown of a failed suite has no lines of progress in it', () => {
  const output = `before\n${lineOf({ done: 1, of: 2, unit: 'files', failed: [] })}after`
  expect(withoutProgress(output)).toBe('before\nafter')
})

import { expect, test } from 'vitest'
import { wallsBroken } from './lint.ts'

const FILE = 'tests/shared/planted.test.ts'

const SLEEPS: [wall: string, breaks: string, keeps: string][] = [
  [
    'by a promise of a timer',
    "test('x', async () => { await new Promise((done) => { setTimeout(done, 5) }) })",
    "test('x', async () => { await new Promise((done) => { setImmediate(done) }) })",
  ],
  [
    'by a function of its own',
    'const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))',
    'const turn = () => new Promise((resolve) => setTimeout(resolve, 0))',
  ],
  [
    'by one of Node’s',
    "import { setTimeout as pause } from 'node:timers/promises'",
    "import { setImmediate as turn } from 'node:timers/promises'",
  ],
]

const LIMITS: [wall: string, breaks: string, keeps: string][] = [
  [
    'of a poll',
    "test('x', () => expect.poll(read, { timeout: 10_000 }).toBe(1))",
    "test('x', () => expect.poll(read, atMost(10_000)).toBe(1))",
  ],
  [
    'of a group',
    "describe('x', { timeout: 30_000 }, () => undefined)",
    "describe('x', { timeout: 30_000 * slowness() }, () => undefined)",
  ],
  ['of a setting', 'vi.setConfig({ testTimeout: 1_000 })', 'vi.setConfig({ restoreMocks: true })'],
  [
    'of a test from inside',
    "test('x', () => { test.setTimeout(600_000) })",
    "test('x', () => { test.setTimeout(atMost(600_000).timeout) })",
  ],
  ['of a test', "test('x', () => undefined, 120_000)", "test('x', () => undefined)"],
  [
    'of a test with rows',
    "test.each([1_000])('x', () => undefined, 120_000)",
    "test.each([120_000])('x', () => undefined)",
  ],
  [
    'of a second that nobody chose',
    "test('x', () => vi.waitFor(() => undefined))",
    "test('x', () => vi.waitFor(() => undefined, atMost(1_000)))",
  ],
]

test.each([
  ...SLEEPS.map(([how, ...planted]) => [`sleeps nowhere, not ${how}`, ...planted] as const),
  ...LIMITS.map(
    ([whose, ...planted]) =>
      [`has no limit for a quick machine alone, not ${whose}`, ...planted] as const,
  ),
])('a test %s', async (_, breaks, keeps) => {
  expect(await wallsBroken(FILE, breaks)).toEqual(['no-restricted-syntax'])
  expect(await wallsBroken(FILE, keeps)).toEqual([])
})

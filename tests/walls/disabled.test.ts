import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const files = execFileSync('git', ['ls-files', 'src', 'tests', 'e2e', 'scripts', 'bench'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((name) => /\.(ts|vue|mjs)$/.test(name))

// The reason stands behind two hyphens, or is the comment on the line before.
const UNEXPLAINED = /^(?!\s*(?:<!--|\/\/|\/\*)).*\n.*eslint-disable(?!.* -- \S).*$/gm

test('whoever turns a lint rule off says why', () => {
  const unexplained = files
    .filter((name) => !name.startsWith('tests/walls/'))
    .flatMap((name) => readFileSync(name, 'utf8').match(UNEXPLAINED) ?? [])
  expect(unexplained).toEqual([])
})

test.each([
  ['const a = 1\n// eslint-disable-next-line no-console', true],
  ['// The reason.\n// eslint-disable-next-line no-console', false],
  ['const a = 1\n// eslint-disable-next-line no-console -- the reason', false],
])('%j is unexplained: %s', (text, expected) => {
  expect(text.match(UNEXPLAINED) !== null).toBe(expected)
})

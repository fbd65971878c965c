import { ESLint, type Rule } from 'eslint'
import { expect, test } from 'vitest'

const programs = new Set<unknown>()

/** Keeps the program of the type checker in which it meets a file. */
const seen: Rule.RuleModule = {
  create({ sourceCode }) {
    programs.add(sourceCode.parserServices.program)
    return {}
  },
}

const eslint = new ESLint({
  overrideConfig: { plugins: { test: { rules: { seen } } }, rules: { 'test/seen': 'error' } },
  ruleFilter: ({ ruleId }) => ruleId === 'test/seen',
})

test('components are linted in one program, which keeps the types that it has found', async () => {
  const results = await eslint.lintFiles('src/client/ui/**/*.vue')
  expect(results.length).toBeGreaterThan(10)
  expect(results.flatMap(({ messages }) => messages)).toEqual([])
  expect(programs).not.toContain(undefined)
  expect(programs.size).toBe(1)
})

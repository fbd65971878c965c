import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { declaring } from '../../../scripts/needs.mjs'
import { binOf, NODE, ROOT } from '../../../scripts/places.mjs'

it('a suite of some end-to-end tests reads the others without asking for what only they need', async () => {
  const { stdout } = await promisify(execFile)(
    NODE,
    [binOf('playwright'), 'test', '--config', 'e2e/playwright.config.ts', '--list'],
    { cwd: ROOT, env: { ...process.env, ...declaring([]) } },
  )
  expect(stdout).toMatch(/interop\.spec/)
  expect(stdout).toMatch(/question\.spec/)
})

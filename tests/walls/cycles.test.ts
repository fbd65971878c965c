import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { NODE, binOf } from '../../scripts/places.mjs'
import { run } from '../../scripts/run.mjs'

const house = mkdtempSync(join(tmpdir(), 'ahoy-cycles-'))
for (const name of ['package.json', 'knip.json']) copyFileSync(name, join(house, name))

afterAll(() => {
  rmSync(house, { recursive: true })
})

/** Each file of the house, and what it takes from the others. */
const FILES = {
  'index.html': '<script type="module" src="/src/client/main.ts"></script>',
  'src/client/main.ts': "import One from './One.vue'\nconsole.log(One)",
  'src/client/One.vue': '<script setup lang="ts">\nimport Other from "./Other.vue"\n</script>',
  'src/client/Other.vue': '<script setup lang="ts">\nimport One from "./One.vue"\n</script>',
  'src/server/main.ts': [
    "import { a } from './a.ts'",
    "import { later } from './later.ts'",
    "import type { Kind } from './kind.ts'",
    'export const main = (kind: Kind) => [a, later, kind]',
  ].join('\n'),
  'src/server/a.ts': "export * from './b.ts'",
  'src/server/b.ts': "import { a } from './c.ts'\nexport { a }",
  'src/server/c.ts': "export { a } from '#server/a.ts'",
  'src/server/later.ts': "export const later = () => import('./main.ts')",
  'src/server/kind.ts': "import type { main } from './main.ts'\nexport type Kind = typeof main",
}

interface Report {
  issues: { cycles?: { name: string }[][] }[]
}

async function cyclesIn(directory: string): Promise<string[]> {
  const knip = [binOf('knip'), '--directory', directory, '--reporter', 'json']
  const { output } = await run(NODE, knip, { quiet: true })
  const { issues } = JSON.parse(output) as Report
  return issues
    .flatMap(({ cycles = [] }) => cycles)
    .map((cycle) => cycle.map(({ name }) => name).join(' → '))
}

test('no file needs itself, by however many others; types need nobody', async () => {
  for (const [name, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(house, name)), { recursive: true })
    writeFileSync(join(house, name), text)
  }
  expect(await cyclesIn(house)).toEqual([
    'src/client/One.vue → src/client/Other.vue',
    'src/server/a.ts → src/server/b.ts → src/server/c.ts',
    'src/server/later.ts → src/server/main.ts',
  ])
})

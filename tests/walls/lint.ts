import { ESLint } from 'eslint'
import tseslint from 'typescript-eslint'

const WALLS = [
  'import-x/no-restricted-paths',
  'no-restricted-globals',
  'no-restricted-properties',
  'no-restricted-syntax',
  '@typescript-eslint/no-restricted-imports',
  'vue/no-v-html',
  'vue/no-restricted-syntax',
  'vue/component-api-style',
]

// The walls need no types, and a file that isn't on the disk has none.
const eslint = new ESLint({
  overrideConfig: [
    tseslint.configs.disableTypeChecked,
    { linterOptions: { reportUnusedDisableDirectives: 'off' } },
  ],
})

/** The walls that this text breaks if it stood in this file. */
export async function wallsBroken(filePath: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(`${code}\n`, { filePath })
  const messages = result?.messages ?? []
  const fatal = messages.find((message) => message.fatal === true)
  if (fatal !== undefined) throw new Error(`${filePath}: ${fatal.message}`)
  return messages.flatMap(({ ruleId }) => (WALLS.includes(ruleId ?? '') ? [ruleId ?? ''] : []))
}

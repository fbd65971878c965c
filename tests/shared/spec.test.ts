import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const read = (path: string): string => readFileSync(`${root}/${path}`, 'utf8')

const spec = read('src/shared/protocol/SPEC.md')
/** The families of this page; others (F, S, G …) are of other lists. */
const FAMILIES = ['CA', 'CH', 'HS', 'ER', 'TX']

const rules = [...spec.matchAll(/^- \*\*([A-Z]+\d+)\*\*(.*)$/gm)].map(([, id = '', text = '']) => ({
  id,
  isNext: text.includes('**next**'),
}))
const ids = rules.map(({ id }) => id)
const current = rules.filter(({ isNext }) => !isNext).map(({ id }) => id)

/** Every id in brackets in the title of a test, a suite or a named case. */
const titles = globSync(['tests/**/*.ts', 'e2e/**/*.ts'], { cwd: root }).flatMap((path) =>
  read(path)
    .split('\n')
    .filter((line) => /(?:\b(?:it|test|describe)\b|\]\)\(|^\s*['"`])/.test(line))
    .flatMap((line) => [...line.matchAll(/\[([A-Z]+\d+)\]/g)].map(([, id = '']) => ({ id, path }))),
)
const ofThisPage = titles.filter(({ id }) => FAMILIES.includes(id.replace(/\d+$/, '')))

describe('SPEC.md', () => {
  it('has the rules of calls, of the chat, of the handshake and of errors, each once', () => {
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.filter((id) => id.startsWith('CA'))).toHaveLength(18)
    for (const family of FAMILIES) {
      const numbers = ids.filter((id) => id.startsWith(family)).map((id) => Number(id.slice(2)))
      expect(numbers).toEqual(numbers.map((_, index) => index + 1))
    }
  })

  it('leaves for later only what it says it leaves', () => {
    expect(rules.filter(({ isNext }) => isNext).map(({ id }) => id)).toEqual([])
  })

  it.each(current)('has a test of its rule %s', (id) => {
    expect(titles.map((title) => title.id)).toContain(id)
  })

  it('has every rule that a test names', () => {
    expect(ofThisPage.filter(({ id }) => !ids.includes(id))).toEqual([])
  })

  it('names in its text only rules that it has', () => {
    const named = [...spec.matchAll(/\[((?:CA|CH|HS|ER)\d+)\]/g)].map(([, id]) => id)
    expect(named.filter((id) => id === undefined || !ids.includes(id))).toEqual([])
  })

  it('lists every frame', async () => {
    const { pushes, requests } = await import('#shared/protocol/envelope.ts')
    const frames = [...Object.keys(requests), ...Object.keys(pushes)]
    expect(frames.filter((type) => !spec.includes(`\`${type}\``))).toEqual([])
  })

  it('lists every close code', async () => {
    const { CLOSE_CODES } = await import('#shared/protocol/envelope.ts')
    expect(Object.values(CLOSE_CODES).filter((code) => !spec.includes(`| ${code} |`))).toEqual([])
  })
})

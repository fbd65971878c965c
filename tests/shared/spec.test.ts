import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const read = (path: string): string => readFileSync(`${root}/${path}`, 'utf8')

const spec = read('src/shared/protocol/SPEC.md')
/** The families of SPEC.md; all others stand in docs/catalogue.md. */
const FAMILIES = ['CA', 'CH', 'HS', 'ER', 'TX']

const rules = [...spec.matchAll(/^- \*\*([A-Z]+\d+)\*\*(.*)$/gm)].map(([, id = '', text = '']) => ({
  id,
  isNext: text.includes('**next**'),
}))
const ids = rules.map(({ id }) => id)
const current = rules.filter(({ isNext }) => !isNext).map(({ id }) => id)

/** Every source file and document, by its path. */
const texts = new Map(
  globSync(['{src,tests,e2e,bench,docs}/**/*.{ts,vue,md,conf}', '*.md'], { cwd: root }).map(
    (path) => [path, read(path)] as const,
  ),
)

interface Finding {
  readonly path: string
  readonly name: string
}

/** What a pattern finds in every file; its last group is the name. */
const findAll = (pattern: RegExp): Finding[] =>
  [...texts].flatMap(([path, text]) =>
    [...text.matchAll(pattern)].map((match) => ({ path, name: match.at(-1) ?? '' })),
  )

/** Every id in brackets, alone or in a list: [S11, S12]. */
const named = findAll(/\[([A-Z]+\d+(?:, [A-Z]+\d+)*)\]/g).flatMap(({ path, name }) =>
  name.split(', ').map((id) => ({ path, id })),
)

const isTitle = (line: string): boolean =>
  /\b(?:it|test\w*|describe)\b|\)\(|^\s*['"`]/.test(line) && !/^\s*(?:\/\/|\/?\*)/.test(line)

/** Every id in brackets in the title of a test, a suite or a named case. */
const titles = [...texts]
  .filter(([path]) => /^(?:tests|e2e)\/.*\.ts$/.test(path))
  .flatMap(([path, text]) =>
    text
      .split('\n')
      .filter(isTitle)
      .flatMap((line) =>
        [...line.matchAll(/\[([A-Z]+\d+)\]/g)].map(([, id = '']) => ({ id, path })),
      ),
  )
const tested = new Set(titles.map(({ id }) => id))

/** The families of docs/catalogue.md with their lines; `bench` measures what no test can show. */
const catalogue = read('docs/catalogue.md')
  .split(/^## /m)
  .slice(1)
  .map((section) => ({
    family: /^([A-Z]+): /.exec(section)?.[1] ?? '',
    lines: section.split('\n').filter((line) => line.startsWith('- ')),
  }))
const entries = catalogue.flatMap(({ family, lines }) =>
  lines.map((line) => ({
    family,
    line,
    id: /^- \*\*([A-Z]+\d+)\*\* \S/.exec(line)?.[1] ?? line,
    bench: / Measured by `(bench\/\S+)`\.$/.exec(line)?.[1],
  })),
)
const families = [...FAMILIES, ...catalogue.map(({ family }) => family)]
const known = new Set([...ids, ...entries.map(({ id }) => id)])

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
    expect([...tested]).toContain(id)
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

describe('docs/catalogue.md', () => {
  it('has each family once, and none of those of SPEC.md', () => {
    expect(families.filter((family, at) => families.indexOf(family) !== at)).toEqual([])
  })

  it('has each id once, under its family, in the order of the numbers', () => {
    for (const { family } of catalogue) {
      const own = entries.filter((entry) => entry.family === family).map(({ id }) => id)
      const numbers = own.map((id) => Number(id.slice(family.length)))
      const inOrder = [...new Set(numbers)].sort((a, b) => a - b)
      expect(own).toEqual(inOrder.map((number) => `${family}${number}`))
    }
  })

  it('has a test of each id that no bench measures', () => {
    expect(entries.filter(({ id, bench }) => bench === undefined && !tested.has(id))).toEqual([])
  })

  it('says of an id that it is measured only where a bench has it, and no test', () => {
    const measured = entries.filter(({ bench }) => bench !== undefined)
    const carried = named.filter(({ id, path }) =>
      measured.some((entry) => entry.id === id && entry.bench === path),
    )
    expect(measured.map(({ id }) => id).filter((id) => tested.has(id))).toEqual([])
    expect(new Set(carried.map(({ id }) => id))).toEqual(new Set(measured.map(({ id }) => id)))
  })
})

describe('what files name', () => {
  it('is of a family that SPEC.md or the catalogue has', () => {
    const isKnown = (id: string): boolean => families.includes(id.replace(/\d+$/, ''))
    expect(titles.filter(({ id }) => !isKnown(id))).toEqual([])
  })

  it('is a rule of SPEC.md or an id of the catalogue, where it stands in brackets', () => {
    expect(named.filter(({ id }) => !known.has(id))).toEqual([])
  })

  it('is an id of the catalogue, also without brackets', () => {
    const own = catalogue.map(({ family }) => family).join('|')
    const bare = findAll(new RegExp(`(?<![\\w%\\\\])((?:${own})\\d{1,2})\\b`, 'g'))
    expect(bare.filter(({ name }) => !known.has(name))).toEqual([])
  })

  it('is a document of the repository', () => {
    const documents = [...texts.keys()].filter((path) => path.endsWith('.md'))
    const isThere = (name: string): boolean =>
      documents.some((path) => `/${path}`.endsWith(`/${name.replace(/^(?:\.{0,2}\/)+/, '')}`))
    const isAddress = (name: string): boolean => /^(?:\/\/|www\.)/.test(name)
    const documentsNamed = findAll(/(?<![\w./-])([\w./-]+\.md)\b/g)
      // The pattern of a name.
      .filter(({ name }) => !isAddress(name) && name !== 'docs/decisions/NNNN-title.md')
    expect(documentsNamed.filter(({ name }) => !isThere(name))).toEqual([])
  })

  it('is no numbered part of notes that are not here', () => {
    expect(findAll(/\b((?:research|design) \d[\d.]*)/g)).toEqual([])
  })

  it('is a decision that stands in docs/decisions', () => {
    const decisions = [...texts.keys()].flatMap((path) =>
      [...path.matchAll(/^docs\/decisions\/(\d+)-/g)].map(([, number]) => Number(number)),
    )
    const decisionsNamed = findAll(/\bdecision (\d+)/gi)
    expect(decisionsNamed.filter(({ name }) => !decisions.includes(Number(name)))).toEqual([])
  })
})

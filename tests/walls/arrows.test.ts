import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { circlesIn, type Arrows } from './circles.ts'

const ALIASES = { '#client/': 'src/client/', '#server/': 'src/server/', '#shared/': 'src/shared/' }

const files = globSync('src/**/*.{ts,vue}').map((path) => path.replaceAll('\\', '/'))
const known = new Set(files)

/** The script of a component is all that imports anything. */
const scriptOf = (path: string, text: string): string =>
  path.endsWith('.vue')
    ? [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, code]) => code).join('\n')
    : text

function resolved(from: string, specifier: string): string {
  const alias = Object.entries(ALIASES).find(([name]) => specifier.startsWith(name))
  if (alias !== undefined) return alias[1] + specifier.slice(alias[0].length)
  return normalize(join(dirname(from), specifier)).replaceAll('\\', '/')
}

/** What a file imports of the house, types included. */
function importsOf(path: string): string[] {
  const code = scriptOf(path, readFileSync(path, 'utf8'))
  return ts
    .preProcessFile(code, true, true)
    .importedFiles.map(({ fileName }) => resolved(path, fileName))
    .filter((target) => known.has(target))
}

const arrows: Arrows = new Map(files.map((path) => [path, new Set(importsOf(path))]))

/** A room's index is its door: what it opens, and who comes through it, are two things. */
const placeOf = (path: string): string =>
  /^src\/\w+\/\w+\/index\.ts$/.test(path) ? path : dirname(path)

/** From folder to folder, without the steps inside of one. */
function folderArrows(): Arrows {
  const found = new Map<string, Set<string>>()
  for (const [from, targets] of arrows) {
    const place = placeOf(from)
    const others = [...targets].map(placeOf).filter((other) => other !== place)
    found.set(place, new Set([...(found.get(place) ?? []), ...others]))
  }
  return found
}

describe('the arrows of the house', () => {
  it('are found, also in components and for types', () => {
    expect(importsOf('src/client/App.vue')).toContain('src/client/settings/index.ts')
    expect(importsOf('src/shared/rules/mentions.ts')).toEqual(['src/shared/protocol/chat.ts'])
  })

  it('lead no file back to itself, not even for a type', () => {
    expect(circlesIn(arrows)).toEqual([])
  })

  it('lead no folder back to itself', () => {
    expect(circlesIn(folderArrows())).toEqual([])
  })

  it('keep at most 25 files in a folder', () => {
    const perFolder = Map.groupBy(files, (path) => dirname(path))
    const crowded = [...perFolder].filter(([, inside]) => inside.length > 25)
    expect(crowded.map(([folder, inside]) => `${folder}: ${String(inside.length)}`)).toEqual([])
  })
})

import { readFileSync } from 'node:fs'
import { ROOT } from '../../scripts/places.mjs'

/** A text of docs/deploy.md, as somebody copies it. @throws Error when there is none, or several */
export function deployText(language: string): string {
  const page = readFileSync(`${ROOT}/docs/deploy.md`, 'utf8')
  const found = [...page.matchAll(/^```(\w+)\n(.*?)^```$/gms)].filter(([, of]) => of === language)
  const [text] = found.map(([, , inside]) => inside)
  if (found.length !== 1 || text === undefined) {
    throw new Error(`docs/deploy.md has ${found.length} texts in ${language}`)
  }
  return text
}

import { readFileSync } from 'node:fs'
import { ensureNeeds, locate } from './needs.mjs'
import { ROOT } from './places.mjs'
import { onPath } from './programs.mjs'

/** @type {import('./needs.mjs').Need} */
export const COTURN = {
  id: 'coturn',
  name: 'coturn',
  packages: ['coturn'],
  services: ['coturn'],
  find: () => onPath(['turnserver']),
}

/** @returns {string | undefined} coturn, where the machine has it */
export const findTurnserver = () => locate(COTURN)

/**
 * coturn, installed when the machine has none and we may. What needs it is skipped without it.
 * @returns {Promise<string | undefined>} its path
 */
export async function ensureTurnserver() {
  await ensureNeeds([COTURN])
  return findTurnserver()
}

/**
 * docs/turnserver.conf, filled in as somebody who runs it does.
 * @param {Readonly<Record<string, string>>} own values in the place of those that stand there; `''`
 *   takes a line away
 * @param {readonly string[]} [more] further lines
 * @returns {string}
 * @throws Error when the file has no such line
 */
export function turnserverConf(own, more = []) {
  let text = readFileSync(`${ROOT}/docs/turnserver.conf`, 'utf8')
  for (const [key, value] of Object.entries(own)) {
    const line = new RegExp(`^${key}(=.*)?$`, 'm')
    if (!line.test(text)) throw new Error(`docs/turnserver.conf has no line ${key}`)
    text = text.replace(line, () => (value === '' ? '' : `${key}=${value}`))
  }
  return `${text}\n${more.join('\n')}\n`
}

import { installDebian, isDebianRoot } from './programs.mjs'
import { run } from './run.mjs'

/**
 * @typedef {object} Need something of the machine's own that tests run or show
 * @property {string} id how a suite declares it
 * @property {string} name as people call it
 * @property {() => string | undefined} find where it is; undefined: missing
 * @property {readonly string[]} packages of Debian that have it
 * @property {readonly string[]} [services] that the packages start by themselves; tests start their own
 * @property {() => Promise<unknown>} [download] how to get it where Debian's packages can't be had
 * @property {boolean} [isVital] the suite fails without it
 * @property {string} [without] what becomes of the tests without it, where they are not skipped
 */

/** The ids that the running suite has declared, separated by commas. */
const DECLARED = 'AHOY_NEEDS'

/** The environment of a suite: it finds the needs that it declares, and no others. */
export const declaring = (/** @type {readonly Need[]} */ needs) => ({
  [DECLARED]: needs.map(({ id }) => id).join(','),
})

/**
 * Where a need is. In a suite that does not declare it this fails, also where the machine has it:
 * on a fresh machine nobody would have installed it.
 * @param {Need} need
 * @throws Error when the running suite does not declare it
 */
export function locate(need) {
  const declared = process.env[DECLARED]
  if (declared !== undefined && !declared.split(',').includes(need.id)) {
    throw new Error(`${need.name} is used, but the suite does not declare '${need.id}' as a need`)
  }
  return need.find()
}

const isMissing = (/** @type {Need} */ { find }) => find() === undefined

/**
 * Install what is missing, all at once, and say so.
 * @param {readonly Need[]} needs
 * @returns {Promise<Need[]>} those that can't be had
 */
export async function ensureNeeds(needs) {
  const missing = needs.filter(isMissing)
  if (missing.length === 0) return []
  console.log(`Installing ${missing.map(({ name }) => name).join(', ')} …`)
  // One package that this Debian does not have fails them all.
  if (!(await installDebian(...missing.flatMap(({ packages }) => packages)))) {
    for (const { packages } of missing) await installDebian(...packages)
  }
  for (const service of missing.flatMap(({ services = [] }) => services)) {
    await run('systemctl', ['disable', '--now', service], { quiet: true })
  }
  for (const { find, download } of missing) {
    if (find() === undefined) await download?.()
  }
  return missing.filter(isMissing)
}

const SKIPPED = 'Their tests of it are skipped.'

/** Whether tests may go on without it: where something else does, or where we can't install it and can do without. */
const mayBeMissing = (/** @type {Need} */ { isVital = false, without }) =>
  without !== undefined || (!isVital && !isDebianRoot())

/**
 * What to say of needs that can't be had.
 * @param {readonly Need[]} missing
 * @param {readonly { name: string, needs: readonly Need[] }[]} suites
 * @returns {{ isFatal: boolean, lines: string[] }}
 */
export function verdictOn(missing, suites) {
  const lines = missing.map((need) => {
    const users = suites.filter(({ needs }) => needs.includes(need)).map(({ name }) => name)
    const how = `(Debian: ${need.packages.join(' ')})`
    const what = `${need.name} is missing ${how}, which these need: ${users.join('; ')}`
    return mayBeMissing(need) ? `! ${what}. ${need.without ?? SKIPPED}` : `✗ ${what}.`
  })
  return { isFatal: missing.some((need) => !mayBeMissing(need)), lines }
}

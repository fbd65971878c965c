import type { TakeTurn } from '#server/platform/turns.ts'
import type { Hit } from './hitRepository.ts'
import type { Walk } from './walk.ts'

export interface Merging {
  /** Leave out the first ones. */
  readonly skip: number
  readonly count: number
  readonly takeTurn: TakeTurn
}

export interface Merged {
  readonly hits: readonly Hit[]
  /** Where to go on: not after that time, without so many of it; null: there is nothing more. */
  readonly next: { readonly before: number; readonly skip: number } | null
}

/** One request looks at so many pieces; who wants more asks again. */
const PIECES_MAX = 300

/**
 * The newest hits of several conversations. Of each only as much is looked at as is needed to know them.
 */
export async function merge(walks: readonly Walk[], merging: Merging): Promise<Merged> {
  const { skip, count, takeTurn } = merging
  const taken: Hit[] = []
  const end = skip + count
  let pieces = 0
  // One more than wanted tells whether there is more.
  while (taken.length <= end && pieces < PIECES_MAX) {
    const next = newestOf(walks)
    if (next === null) break
    const hit = next.takeHit()
    if (hit !== undefined) taken.push(hit)
    else {
      if (pieces > 0) await takeTurn()
      await next.goOn()
      pieces += 1
    }
  }
  const had = taken.slice(0, end)
  const last = taken.length > end ? had.at(-1)?.createdAt : newestOf(walks)?.newest
  return { hits: had.slice(skip), next: last === undefined ? null : goingOn(had, last) }
}

/** The one with the newest that is left; null: nothing is left. */
function newestOf(walks: readonly Walk[]): Walk | null {
  let best: Walk | null = null
  for (const walk of walks) {
    if (walk.newest === -Infinity) continue
    if (best === null || isBefore(walk, best)) best = walk
  }
  return best
}

/** Of the same time first what is not known yet, so that the order is always the same. */
function isBefore(a: Walk, b: Walk): boolean {
  if (a.newest !== b.newest) return a.newest > b.newest
  if (a.hit === null || b.hit === null) return a.hit === null && b.hit !== null
  return a.hit.id > b.hit.id
}

const goingOn = (had: readonly Hit[], before: number): Merged['next'] => ({
  before,
  skip: had.filter(({ createdAt }) => createdAt === before).length,
})

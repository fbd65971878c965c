import type { Database } from '#server/platform/database/database.ts'
import type { TakeTurn } from '#server/platform/turns.ts'
import type { Place } from './placeRepository.ts'
import { findSeqs, findTerms, keepSeqs, type Window } from './searchRepository.ts'
import type { Condition } from './terms.ts'

/** Messages that may be what is looked for, the newest first. */
export interface Batch {
  readonly seqs: readonly number[]
  /** Nothing else from this seq on can be what is looked for. */
  readonly reached: number
}

export interface Looking {
  readonly db: Database
  readonly conditions: readonly Condition[]
  readonly takeTurn: TakeTurn
}

/** Messages in a batch: the first ones are often enough. */
const FIRST_BATCH = 16
const BATCH_MAX = 64
/** Seqs under one term that are compared at once with those under the others. */
const SEQS_MAX = 256
/** So many are counted to know which term is the rarest. */
const COUNTED_MAX = 200
/** Where more terms begin like this, it is in so many messages that they are looked through as they come. */
const PREFIXED_MAX = 500
/** So many of them are looked up in one turn. */
const PREFIXED_TOGETHER = 25

/** What may be found in a conversation. What is not in the index yet is all looked at. */
export async function* candidatesIn(looking: Looking, place: Place): AsyncGenerator<Batch> {
  const { conditions } = looking
  const indexed = Math.max(place.after, Math.min(place.indexed, place.upTo))
  yield* countdown(place.upTo, indexed)
  const rest = { ...place, upTo: indexed }
  const [first] = conditions
  if (first === undefined) yield* countdown(rest.upTo, rest.after)
  else if (first.kind === 'prefix') yield* underPrefix(looking, rest, first.prefix)
  else {
    const terms = conditions.flatMap((one) => (one.kind === 'term' ? one.term : []))
    yield* underTerms(looking.db, rest, terms)
  }
}

/** Everything that was said: seqs have no gaps. */
function* countdown(upTo: number, after: number): Generator<Batch> {
  let size = FIRST_BATCH
  for (let top = upTo; top > after; top -= size, size = Math.min(size * 2, BATCH_MAX)) {
    const count = Math.min(size, top - after)
    yield { seqs: Array.from({ length: count }, (_, at) => top - at), reached: top - count + 1 }
  }
}

/** Go through the rarest term, and look up the others. */
async function* underTerms(
  db: Database,
  { id, after, upTo }: Place,
  terms: readonly string[],
): AsyncGenerator<Batch> {
  const window: Window = { id, after, below: upTo + 1, count: COUNTED_MAX }
  const counted: { term: string; count: number }[] = []
  for (const term of terms) {
    counted.push({ term, count: (await findSeqs(db, term, window)).length })
    if (counted.at(-1)?.count === 0) return
  }
  const [rarest, ...others] = counted.toSorted((a, b) => a.count - b.count)
  if (rarest === undefined) return
  let below = upTo + 1
  for (;;) {
    const seqs = await findSeqs(db, rarest.term, { id, after, below, count: SEQS_MAX })
    const last = seqs.at(-1)
    if (last === undefined) return
    let kept = seqs
    for (const { term } of others) kept = await keepSeqs(db, { id, term }, kept)
    yield* inBatches(kept, last)
    below = last
  }
}

/** @param reached where the last of them ends */
function* inBatches(seqs: readonly number[], reached: number): Generator<Batch> {
  let size = FIRST_BATCH
  let from = 0
  for (; from + size < seqs.length; from += size, size = Math.min(size * 2, BATCH_MAX)) {
    const batch = seqs.slice(from, from + size)
    yield { seqs: batch, reached: batch.at(-1) ?? reached }
  }
  yield { seqs: seqs.slice(from), reached }
}

/** The newest under any term that begins so. */
async function* underPrefix(
  { db, takeTurn }: Looking,
  { id, after, upTo }: Place,
  prefix: string,
): AsyncGenerator<Batch> {
  const terms = await findTerms(db, { id, prefix, count: PREFIXED_MAX + 1 })
  if (terms.length > PREFIXED_MAX) {
    yield* countdown(upTo, after)
    return
  }
  for (let below = upTo + 1; ;) {
    let newest: number[] = []
    for (const [at, term] of terms.entries()) {
      if (at % PREFIXED_TOGETHER === 0) await takeTurn()
      // Once there are enough of them, only what is newer than the last is of interest.
      const floor = newest.length < BATCH_MAX ? after : (newest.at(-1) ?? after)
      const seqs = await findSeqs(db, term, { id, after: floor, below, count: BATCH_MAX })
      if (seqs.length === 0) continue
      newest = [...new Set([...newest, ...seqs])].sort((a, b) => b - a).slice(0, BATCH_MAX)
    }
    const last = newest.at(-1)
    if (last === undefined) return
    yield* inBatches(newest, last)
    below = last
  }
}

import type { Database } from '#server/platform/database/database.ts'
import { candidatesIn, type Batch, type Looking } from './candidates.ts'
import { findHits, type Hit, type Wanted } from './hitRepository.ts'
import { seqAt, timeOf, type Place } from './placeRepository.ts'

/** Goes through one conversation, from its end to its start, a piece at a time. */
export class Walk {
  readonly #looking: Looking
  readonly #wanted: Wanted
  readonly #place: Place
  /** Found, and not taken yet. */
  readonly #hits: Hit[] = []
  #batches: AsyncGenerator<Batch> | null = null
  #newestLeft: number

  constructor(looking: Looking, wanted: Wanted, place: Place) {
    this.#looking = looking
    this.#wanted = wanted
    this.#place = place
    this.#newestLeft = Math.min(place.lastAt, wanted.upTo ?? place.lastAt)
  }

  /** ms UTC: nothing that is left here is newer; -Infinity at the end. */
  get newest(): number {
    return this.#hits[0]?.createdAt ?? this.#newestLeft
  }

  /** The newest that was found and not taken. */
  get hit(): Hit | null {
    return this.#hits[0] ?? null
  }

  takeHit(): Hit | undefined {
    return this.#hits.shift()
  }

  /** Look at some more messages. */
  async goOn(): Promise<void> {
    const { db } = this.#looking
    this.#batches ??= candidatesIn(this.#looking, await within(db, this.#place, this.#wanted))
    const { value: batch } = (await this.#batches.next()) as IteratorResult<Batch, undefined>
    if (batch === undefined) {
      this.#newestLeft = -Infinity
      return
    }
    const { seqs, reached } = batch
    this.#hits.push(...(await findHits(db, { id: this.#place.id, seqs }, this.#wanted)))
    const at = (await timeOf(db, this.#place.id, reached)) ?? this.#newestLeft
    // A clock that was set back makes nothing that is left newer.
    this.#newestLeft = Math.min(this.#newestLeft, at)
  }
}

/** What of a place is of the wanted time. */
async function within(db: Database, place: Place, { from, upTo }: Wanted): Promise<Place> {
  const end = upTo === null || upTo >= place.lastAt ? place.upTo : await seqAt(db, place, upTo)
  const start = from === null ? place.after : await seqAt(db, { ...place, upTo: end }, from - 1)
  return { ...place, after: start, upTo: end }
}

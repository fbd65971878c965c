const asked = process.env['PROPERTY_RUNS']

/** How many schedules are played; `npm run test:soak` asks for a million. */
export const RUNS = Number(asked ?? 20_000)

/**
 * How to search. The ordinary run plays the same schedules each time, so that it says something of the
 * change at hand and not of its luck; the soak looks for new ones, and prints the seed of what it finds.
 */
export const search = (numRuns: number): { numRuns: number; seed?: number } =>
  asked === undefined ? { numRuns, seed: 1 } : { numRuns }

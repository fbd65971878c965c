import type { Schedule } from './model/schedule.ts'

/** Schedules that have broken a rule once, by what they showed. Their acts are numbers of acts.ts. */
export const PINNED: readonly (readonly [what: string, schedule: Schedule])[] = [
  [
    'a cancel overtook its invite, whose call was answered by glare',
    {
      seed: 0,
      weather: { lossPercent: 0, doublePercent: 0, delayMs: 1, jitterMs: 0 },
      pathPercent: 100,
      acts: [448, 150544, 0],
    },
  ],
  [
    'a lost hang-up, which only the peer had heard on the data channel',
    {
      seed: 2144621093,
      weather: { lossPercent: 30, doublePercent: 0, delayMs: 1, jitterMs: 500 },
      pathPercent: 100,
      acts: [
        24622, 131703, 218507, 87483, 62544, 125883, 135774, 198608, 16656, 7374, 130045, 272,
        260235, 0,
      ],
    },
  ],
  [
    'a lost cancel of an invite that glare had merged, while the leg rang for the call that lived',
    {
      seed: -2146942927,
      weather: { lossPercent: 30, doublePercent: 100, delayMs: 1, jitterMs: 0 },
      pathPercent: 100,
      acts: [104976, 29760, 60176, 44818, 66016, 63376, 130751, 0],
    },
  ],
  [
    'two calls one after the other of a leg whose frames overtook each other by seconds',
    {
      seed: 0,
      weather: { lossPercent: 0, doublePercent: 0, delayMs: 1, jitterMs: 5_000 },
      pathPercent: 100,
      acts: [44829, 127408, 58185, 187133, 272, 185008, 0],
    },
  ],
]

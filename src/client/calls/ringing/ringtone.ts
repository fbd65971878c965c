import type { Note, Tune } from '#client/platform/sound/Sound.ts'

const note = (frequencies: readonly number[], atMs: number, lengthMs: number): Note => ({
  frequencies,
  atMs,
  lengthMs,
  gain: 0.12,
})

/** Low and far away: heard on an ear that waits, and by nobody else. */
const soft = (frequency: number, atMs: number): Note => ({
  ...note([frequency], atMs, 260),
  gain: 0.035,
})

/** The four sounds of a call, ours from the first tone to the last. */
export const TUNES = {
  /** A rising figure in E major, twice, then a rest: friendly, and heard through a wall. */
  incoming: {
    lengthMs: 3_000,
    notes: [0, 900].flatMap((start) => [
      note([659.26, 1318.5], start, 140),
      note([830.61, 1661.2], start + 150, 140),
      note([987.77, 1975.5], start + 300, 140),
      note([1318.5, 2637], start + 450, 260),
    ]),
  },
  /** What a caller in China expects to hear: 450 Hz, one second on, four off (GB/T 3380). */
  ringback: { lengthMs: 5_000, notes: [note([450], 0, 1_000)] },
  /** The path is lost and sought: two soft tones, then a rest. */
  seeking: { lengthMs: 2_400, notes: [soft(392, 0), soft(329.63, 320)] },
  ended: { lengthMs: 600, notes: [note([480], 0, 120), note([360], 160, 180)] },
} as const satisfies Record<string, Tune>

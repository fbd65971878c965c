import type { SideQuality } from '#shared/protocol/peerState.ts'

/** Where the trouble is. */
export type Cause = 'mine' | 'theirs' | 'path' | 'computer' | 'theirComputer'

/**
 * How long a cause, or that there is none, has to hold before the screen follows, ms. The path is what
 * is left when no witness speaks, and that of a network needs some seconds until its good answers are old.
 */
export function holdMs(cause: Cause | null): number {
  if (cause === null) return 8_000
  return cause === 'path' ? 6_000 : 3_000
}

export const POOR = 55
/** More than chance: one late answer of ten. */
const LATE = 0.15

/**
 * Whose fault it is that one of the two receives badly; null: nobody receives badly. The way to the
 * server is each side's alone, so who is late there has the bad network; otherwise the encoder tells
 * whether it lacks room.
 */
export function verdict(mine: SideQuality, theirs: SideQuality): Cause | null {
  if (Math.min(mine.score, theirs.score) >= POOR) return mine.busy ? 'computer' : null
  const late = lateSide(mine, theirs)
  if (late !== null) return late
  if (mine.busy) return 'computer'
  return theirs.busy ? 'theirComputer' : narrowSide(mine, theirs)
}

/** Only one direction is bad, and who sends in it lacks room. */
function narrowSide(mine: SideQuality, theirs: SideQuality): Cause {
  if (mine.score >= POOR && mine.limited === 'bandwidth') return 'mine'
  if (theirs.score >= POOR && theirs.limited === 'bandwidth') return 'theirs'
  return 'path'
}

function lateSide(mine: SideQuality, theirs: SideQuality): 'mine' | 'theirs' | null {
  if (mine.late >= LATE && mine.late > 2 * theirs.late) return 'mine'
  if (theirs.late >= LATE && theirs.late > 2 * mine.late) return 'theirs'
  return null
}

/** How good each side's network is, for its bars: a link that is bad is bad in both directions. */
export function scoresOf(
  mine: SideQuality,
  theirs: SideQuality,
  cause: Cause | null,
): { readonly mine: number; readonly theirs: number } {
  const worst = Math.min(mine.score, theirs.score)
  const best = Math.max(mine.score, theirs.score, 80)
  if (cause === 'mine') return { mine: worst, theirs: best }
  if (cause === 'theirs') return { mine: best, theirs: worst }
  return { mine: theirs.score, theirs: mine.score }
}

import type { VideoWish } from '#shared/protocol/peerState.ts'

export const NO_WISH: VideoWish = { asked: 0, open: false, answered: 0, yes: false }

/** What came of a word of the peer. */
export type WishNews = 'agreed' | 'declined' | null

/** Wish for pictures, under a number that no other wish of the call has. */
export const ask = (mine: VideoWish, number: number): VideoWish => ({
  ...mine,
  asked: number,
  open: true,
})

/** Take one's own wish back. */
export const withdraw = (mine: VideoWish): VideoWish => ({ ...mine, open: false })

/** Answer the wish of the peer. */
export const answer = (mine: VideoWish, theirs: VideoWish, yes: boolean): VideoWish => ({
  ...mine,
  answered: theirs.asked,
  yes,
})

/** The peer waits for this side's answer. */
export const isAsked = (mine: VideoWish, theirs: VideoWish): boolean =>
  theirs.open && theirs.asked !== mine.answered

/**
 * Hear what the peer wishes and answers. Only who has an open wish of just that number can be
 * answered: nobody's camera goes on by the peer's word alone. Wishes that cross are both granted.
 */
export function hear(
  mine: VideoWish,
  theirs: VideoWish,
): { readonly mine: VideoWish; readonly news: WishNews } {
  if (!mine.open) return { mine, news: null }
  if (isAsked(mine, theirs)) {
    return { mine: withdraw(answer(mine, theirs, true)), news: 'agreed' }
  }
  if (theirs.answered !== mine.asked) return { mine, news: null }
  return { mine: withdraw(mine), news: theirs.yes ? 'agreed' : 'declined' }
}

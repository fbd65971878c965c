import type { Sound, Tune } from '#client/platform/sound/Sound.ts'

export interface FakeSound extends Sound {
  isBlocked: boolean
  /** What sounds now, again and again. */
  readonly looping: Tune[]
  readonly played: Tune[]
}

/** A loudspeaker that notes what it is given. */
export function createFakeSound(): FakeSound {
  const looping: Tune[] = []
  const played: Tune[] = []
  return {
    isBlocked: false,
    looping,
    played,
    onBlockedChanged: () => () => undefined,
    unlock: () => Promise.resolve(),
    loop(tune) {
      looping.push(tune)
      return () => {
        const index = looping.indexOf(tune)
        if (index >= 0) looping.splice(index, 1)
      }
    },
    play: (tune) => played.push(tune),
  }
}

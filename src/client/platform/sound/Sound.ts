/** One tone of a tune. */
export interface Note {
  /** Hz; several sound together. */
  readonly frequencies: readonly number[]
  /** ms from the start of the tune */
  readonly atMs: number
  readonly lengthMs: number
  /** 0 to 1 */
  readonly gain: number
}

/** A tune of our own making: no sound file from anywhere. */
export interface Tune {
  readonly notes: readonly Note[]
  /** ms after which a looped tune begins again */
  readonly lengthMs: number
}

/** The loudspeaker of this tab for tunes. A browser that refuses sound is a state, not an exception. */
export interface Sound {
  /** True when the browser makes this tab wait for a gesture before it may sound. */
  readonly isBlocked: boolean
  onBlockedChanged(handler: (isBlocked: boolean) => void): () => void
  /** Inside of a gesture: from now on the tab may sound. */
  unlock(): Promise<void>
  /** Again and again until the returned function is called. */
  loop(tune: Tune): () => void
  play(tune: Tune): void
}

/** Several sounds as one track. */
export interface SoundMix {
  readonly track: MediaStreamTrack
  /** The mix ends; what went into it is somebody else's. */
  stop(): void
}

export type SoundMixer = (tracks: readonly MediaStreamTrack[]) => SoundMix

/** How loud a track is. */
export interface LevelMeter {
  /** 0 (silence) to 1, now. */
  read(): number
  stop(): void
}

export type LevelMeterFactory = (track: MediaStreamTrack) => LevelMeter

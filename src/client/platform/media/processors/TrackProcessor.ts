/** How much of the time that it may take a stretch of work has taken. */
export interface Load {
  /** ms, by the clock of the page */
  readonly at: number
  /** 1: all of it; more: the computer does not keep up */
  readonly share: number
}

/** What becomes of the work on a track, told while it goes on. */
export interface ProcessorHandlers {
  onLoad: (load: Load) => void
  /** It has broken down; nothing comes out of it any more. */
  onBroken: (cause: unknown) => void
}

/** What comes out of a processor, instead of the track that went in. */
export interface ProcessedTrack {
  readonly track: MediaStreamTrack
  /** The work ends; what went into it is somebody else's. */
  stop(): void
}

/** Something that is done to a track before it is sent. Nothing of it is loaded before it is used. */
export interface TrackProcessor {
  /** False where the browser can't do it. */
  readonly isSupported: boolean
  /** Settles when something comes out. @throws AppError `media/processor-failed` */
  treat(track: MediaStreamTrack, hearers: ProcessorHandlers): Promise<ProcessedTrack>
}

/** The strong suppression of noise, and the blur of what is behind somebody. */
export type ProcessorKind = 'noise' | 'blur'

export type TrackProcessors = Readonly<Record<ProcessorKind, TrackProcessor>>

/** A picture of a camera; to be closed after use. */
export interface Frame {
  readonly image: CanvasImageSource
  readonly width: number
  readonly height: number
  /** µs */
  readonly timestamp: number
  close(): void
}

/** The pictures of a track, one after the other. */
export interface Frames {
  /** The next one that is due; null: there are no more. */
  next(): Promise<Frame | null>
  stop(): void
}

/** W3C mediacapture-transform; so far in Chromium only, and not in the DOM types. */
interface TransformView {
  MediaStreamTrackProcessor?: new (init: { track: MediaStreamTrack }) => {
    readable: ReadableStream<VideoFrame>
  }
}

/** A face doesn't need more, and every picture costs. */
const RATE = 20
const PERIOD_US = 1e6 / RATE
/** Cameras are not punctual. */
const SLACK_US = 8_000

/**
 * The pictures of a track. Where the browser hands them out, they come also in a tab that is hidden;
 * elsewhere a timer asks an element, which a tab with a call in it is allowed.
 */
export function openFrames(view: Window & typeof globalThis, track: MediaStreamTrack): Frames {
  const { MediaStreamTrackProcessor: Processor } = view as TransformView
  return Processor === undefined
    ? framesOfElement(view, track)
    : framesOfStream(new Processor({ track }).readable)
}

function framesOfStream(readable: ReadableStream<VideoFrame>): Frames {
  const reader = readable.getReader()
  let dueAt = Number.NEGATIVE_INFINITY
  return {
    async next() {
      for (;;) {
        const { value: frame } = await reader.read()
        if (frame === undefined) return null
        if (frame.timestamp < dueAt - SLACK_US) {
          frame.close()
          continue
        }
        // By the clock of the camera; what was missed in a pause is not made up for.
        dueAt = (frame.timestamp - dueAt > PERIOD_US ? frame.timestamp : dueAt) + PERIOD_US
        const { displayWidth: width, displayHeight: height, timestamp } = frame
        return {
          image: frame,
          width,
          height,
          timestamp,
          close: () => {
            frame.close()
          },
        }
      }
    },
    stop() {
      void reader.cancel()
    },
  }
}

function framesOfElement(view: Window, track: MediaStreamTrack): Frames {
  const video = view.document.createElement('video')
  video.muted = true
  video.playsInline = true
  video.srcObject = new MediaStream([track])
  const playing = video.play()
  let takenAt = Number.NEGATIVE_INFINITY
  let isStopped = false
  return {
    async next() {
      await playing
      const restMs = takenAt + 1_000 / RATE - view.performance.now()
      await new Promise((resolve) => view.setTimeout(resolve, Math.max(0, restMs)))
      takenAt = view.performance.now()
      if (isStopped || track.readyState === 'ended') return null
      const { videoWidth: width, videoHeight: height } = video
      const timestamp = view.performance.now() * 1_000
      return { image: video, width, height, timestamp, close: () => undefined }
    },
    stop() {
      isStopped = true
      video.srcObject = null
    },
  }
}

/** A track made of the pictures on a canvas. */
export interface PictureSink {
  readonly track: MediaStreamTrack
  /** Send what is on the canvas now. */
  put(timestampUs: number): Promise<void>
}

/** As Chromium has it; the standard's is for workers (W3C mediacapture-transform). */
interface GeneratorView {
  MediaStreamTrackGenerator?: new (init: { kind: 'video' }) => MediaStreamTrack & {
    writable: WritableStream<VideoFrame>
  }
}

/** Where the browser takes pictures one by one, they go out also from a tab that is hidden. */
export function createPictureSink(
  view: Window & typeof globalThis,
  canvas: HTMLCanvasElement,
): PictureSink {
  const { MediaStreamTrackGenerator: Generator } = view as GeneratorView
  if (Generator === undefined) return sinkOfCanvas(canvas)
  const track = new Generator({ kind: 'video' })
  const writer = track.writable.getWriter()
  return {
    track,
    put: (timestamp) => writer.write(new VideoFrame(canvas, { timestamp, alpha: 'discard' })),
  }
}

function sinkOfCanvas(canvas: HTMLCanvasElement): PictureSink {
  const [track] = canvas.captureStream(0).getVideoTracks()
  if (track === undefined) throw new Error('a canvas without a track')
  return {
    track,
    put() {
      ;(track as CanvasCaptureMediaStreamTrack).requestFrame()
      return Promise.resolve()
    },
  }
}

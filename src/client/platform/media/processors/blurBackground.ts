import type { ProcessorHandlers, ProcessedTrack } from './TrackProcessor.ts'
import { openFrames, type Frames } from './frames.ts'
import { createPainter, type Painter } from './painter.ts'
import { createPictureSink, type PictureSink } from './pictureSink.ts'
import type { Segmenter } from './segmenter.ts'

/** ms that a picture may take: with more of it they are fewer than 15 a second, and the page jerks. */
const BUDGET_MS = 66

export interface BlurOptions {
  track: MediaStreamTrack
  segmenter: Segmenter
  hearers: ProcessorHandlers
}

/** Blur what is behind somebody in each picture of a track. Settles with the first picture. */
export async function blurBackground(
  view: Window & typeof globalThis,
  { track, segmenter, hearers }: BlurOptions,
): Promise<ProcessedTrack> {
  const frames = openFrames(view, track)
  const painter = createPainter(view.document, segmenter)
  const sink = createPictureSink(view, painter.canvas)
  // Faces move: frames matter more than sharp edges.
  sink.track.contentHint = track.contentHint
  // Whoever asks the picture which way its camera looks, asks the camera; its size is its own.
  sink.track.getSettings = () => {
    const { width, height } = painter.canvas
    return { ...track.getSettings(), width, height }
  }

  // The first one has the network set itself up, which says nothing of those that follow.
  await paintNext({ frames, painter, sink }, view.performance)
  let isStopped = false
  void paintAll().catch((cause: unknown) => {
    if (!isStopped) hearers.onBroken(cause)
  })

  async function paintAll(): Promise<void> {
    for (;;) {
      const tookMs = await paintNext({ frames, painter, sink }, view.performance)
      if (tookMs === null || isStopped) return
      hearers.onLoad({ at: view.performance.now(), share: tookMs / BUDGET_MS })
    }
  }

  return {
    track: sink.track,
    stop() {
      isStopped = true
      frames.stop()
      sink.track.stop()
    },
  }
}

interface Work {
  frames: Frames
  painter: Painter
  sink: PictureSink
}

/** One picture from the camera to the track, in ms; null: there are no more. */
async function paintNext(
  { frames, painter, sink }: Work,
  clock: Pick<Performance, 'now'>,
): Promise<number | null> {
  const frame = await frames.next()
  if (frame === null) return null
  const from = clock.now()
  try {
    await painter.paint(frame)
    await sink.put(frame.timestamp)
  } finally {
    frame.close()
  }
  return clock.now() - from
}

import type { Load } from './TrackProcessor.ts'

const EVERY_MS = 1_000
/** This much of the sound may get lost, 0 to 1: what is more is heard. */
const LOSS_ALLOWED = 0.05

/**
 * How far the thread of the sound stays behind the clock: a computer that can't make the samples in
 * time loses them, whatever else is to blame for it.
 */
export function watchLag(
  view: Pick<Window, 'performance' | 'setInterval' | 'clearInterval'>,
  context: Pick<AudioContext, 'currentTime'>,
  onLoad: (load: Load) => void,
): () => void {
  let before = { at: view.performance.now(), soundedS: context.currentTime }
  const timer = view.setInterval(() => {
    const now = { at: view.performance.now(), soundedS: context.currentTime }
    const sounded = (now.soundedS - before.soundedS) * 1_000
    const lost = 1 - sounded / (now.at - before.at)
    before = now
    onLoad({ at: now.at, share: Math.max(0, lost) / LOSS_ALLOWED })
  }, EVERY_MS)
  return () => {
    view.clearInterval(timer)
  }
}

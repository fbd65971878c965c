import type { Note, Sound, Tune } from './Sound.ts'

/** Fade of each tone, so that it does not click. */
const FADE_S = 0.015
/** A single tune that could not begin by then is not played any more. */
const LATE_MS = 1_000
/** A context that has not begun by then waits for a gesture, and no event says so. */
const BLOCKED_AFTER_MS = 300

/** `Sound` and level meters over one AudioContext, made when it is first needed. */
export function createSound(view: Window & typeof globalThis): Sound & { context(): AudioContext } {
  let made: AudioContext | null = null
  const handlers = new Set<(isBlocked: boolean) => void>()

  function context(): AudioContext {
    if (made !== null) return made
    made = new view.AudioContext({ latencyHint: 'interactive' })
    made.addEventListener('statechange', tell)
    return made
  }

  function tell(): void {
    for (const handler of [...handlers]) handler(isBlocked())
  }

  const isBlocked = (): boolean => made !== null && made.state !== 'running'

  async function unlock(): Promise<void> {
    // Refused outside of a gesture; then `isBlocked` stays true, which is the answer.
    await context()
      .resume()
      .catch(() => undefined)
  }

  function schedule(tune: Tune, output: AudioNode): void {
    const { currentTime } = context()
    for (const note of tune.notes) playNote(context(), note, { output, currentTime })
  }

  // The first gesture of the session opens the sound for every call after it.
  onFirstGesture(view, () => void unlock())

  return {
    context,
    get isBlocked() {
      return isBlocked()
    },
    onBlockedChanged(handler) {
      handlers.add(handler)
      return () => void handlers.delete(handler)
    },
    unlock,
    loop(tune) {
      void unlock()
      const output = context().createGain()
      output.connect(context().destination)
      // A context that may not run yet has no time: then it rings as soon as it may.
      const ring = (): void => {
        if (!isBlocked()) schedule(tune, output)
      }
      ring()
      const again = view.setInterval(ring, tune.lengthMs)
      const noticing = view.setTimeout(tell, BLOCKED_AFTER_MS)
      const unhear = isBlocked() ? onceUnblocked(handlers, ring) : undefined
      return () => {
        view.clearInterval(again)
        view.clearTimeout(noticing)
        unhear?.()
        output.disconnect()
      }
    },
    play(tune) {
      const askedAt = view.performance.now()
      void unlock().then(() => {
        // Unlocked by a gesture long after: that moment is over.
        const isLate = view.performance.now() - askedAt > LATE_MS
        if (!isBlocked() && !isLate) schedule(tune, context().destination)
      })
    },
  }
}

function onFirstGesture(view: Window, run: () => void): void {
  for (const gesture of ['pointerdown', 'keydown'] as const) {
    view.addEventListener(gesture, run, { passive: true, once: true })
  }
}

function onceUnblocked(handlers: Set<(isBlocked: boolean) => void>, run: () => void): () => void {
  const handle = (isBlocked: boolean): void => {
    if (isBlocked) return
    handlers.delete(handle)
    run()
  }
  handlers.add(handle)
  return () => void handlers.delete(handle)
}

function playNote(
  context: AudioContext,
  { frequencies, atMs, lengthMs, gain }: Note,
  { output, currentTime }: { output: AudioNode; currentTime: number },
): void {
  const start = currentTime + atMs / 1000
  const end = start + lengthMs / 1000
  const envelope = context.createGain()
  envelope.gain.setValueAtTime(0, start)
  envelope.gain.linearRampToValueAtTime(gain, start + FADE_S)
  envelope.gain.setValueAtTime(gain, end - FADE_S)
  envelope.gain.linearRampToValueAtTime(0, end)
  envelope.connect(output)
  for (const frequency of frequencies) {
    const oscillator = context.createOscillator()
    oscillator.frequency.value = frequency
    oscillator.connect(envelope)
    oscillator.start(start)
    oscillator.stop(end)
  }
}

import type { Load } from '#client/platform/media/processors/TrackProcessor.ts'

/** What is older says nothing of now. */
const WINDOW_MS = 6_000
/** A shorter time of trouble is a hiccup: a page that loads, a window that opens. */
const STEADY_MS = 4_000
/** Of so few nothing can be said, as after the machine has slept. */
const FEW = 4

/** The loads that still count, with a new one. */
const withLoad = (loads: readonly Load[], load: Load): readonly Load[] => [
  ...loads.filter(({ at }) => load.at - at <= WINDOW_MS),
  load,
]

/** Whether the computer doesn't keep up, for seconds and more often than not. */
function isTooSlow(loads: readonly Load[]): boolean {
  const [first] = loads
  const last = loads.at(-1)
  if (first === undefined || last === undefined || loads.length < FEW) return false
  if (last.at - first.at < STEADY_MS) return false
  return loads.filter(({ share }) => share > 1).length > loads.length / 2
}

/** Hear of each load; from the moment that they are too many on, `onTooSlow` is told with each. */
export function createLoadWatch(onTooSlow: () => void): (load: Load) => void {
  let loads: readonly Load[] = []
  return (load) => {
    loads = withLoad(loads, load)
    if (isTooSlow(loads)) onTooSlow()
  }
}

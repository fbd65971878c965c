import type { Load } from '#client/platform/media/processors/TrackProcessor.ts'

/** Older loads say nothing about the present. */
const WINDOW_MS = 6_000
/** A shorter overload is a hiccup: a page that loads, a window that opens. */
const STEADY_MS = 4_000
/** Too few loads to judge, as after the machine was asleep. */
const FEW = 4

/** The recent loads, with a new one. */
const withLoad = (loads: readonly Load[], load: Load): readonly Load[] => [
  ...loads.filter(({ at }) => load.at - at <= WINDOW_MS),
  load,
]

/** Whether the computer has been too slow for seconds, in more than half of the loads. */
function isTooSlow(loads: readonly Load[]): boolean {
  const [first] = loads
  const last = loads.at(-1)
  if (first === undefined || last === undefined || loads.length < FEW) return false
  if (last.at - first.at < STEADY_MS) return false
  return loads.filter(({ share }) => share > 1).length > loads.length / 2
}

/** Takes each load; once they are too many, each further one calls `onTooSlow`. */
export function createLoadWatch(onTooSlow: () => void): (load: Load) => void {
  let loads: readonly Load[] = []
  return (load) => {
    loads = withLoad(loads, load)
    if (isTooSlow(loads)) onTooSlow()
  }
}

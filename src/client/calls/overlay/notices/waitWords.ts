import type { Wait, Waits } from '#shared/protocol/peerState.ts'

/** Two keys of `overlay.waits.mine` or `.theirs`. */
type WaitWord = `${Wait}.${'microphone' | 'camera' | 'both'}`

/** What to say of devices that are on their way: of both together where it is the same. */
export function waitWords({ microphone, camera }: Waits): readonly WaitWord[] {
  if (microphone !== null && microphone === camera) return [`${microphone}.both`]
  return [
    ...(microphone === null ? [] : ([`${microphone}.microphone`] as const)),
    ...(camera === null ? [] : ([`${camera}.camera`] as const)),
  ]
}

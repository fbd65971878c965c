import fc from 'fast-check'
import { vi } from 'vitest'
import { TRACK_KINDS } from '#client/calls/peer/trackKinds.ts'
import { asTrack, FakeTrack } from './FakeTrack.ts'
import { createTwoSessions, type Side } from './twoSessions.ts'

/** One act of one side: another track or none, or a search for another path. */
export const toggle = fc.record({
  who: fc.constantFrom('caller', 'callee'),
  what: fc.constantFrom(...TRACK_KINDS, 'path' as const),
  isOn: fc.boolean(),
  thenMs: fc.nat(30),
})
type Toggle = typeof toggle extends fc.Arbitrary<infer T> ? T : never

type Sent = (MediaStreamTrack | null)[]

/** How a side ends up, and how it should. */
export interface Ending {
  readonly state: RTCSignalingState
  readonly link: string
  readonly sent: Sent
  readonly wanted: Sent
}

/** A connection on which both sides do these acts, in this order, until all is quiet. */
export async function playToggles(acts: readonly Toggle[]): Promise<readonly Ending[]> {
  const both = createTwoSessions()
  both.caller.session.offer()
  await vi.advanceTimersByTimeAsync(1_000)
  const wanted = { caller: TRACK_KINDS.map(() => null), callee: TRACK_KINDS.map(() => null) } as {
    caller: Sent
    callee: Sent
  }
  for (const { who, what, isOn, thenMs } of acts) {
    const { session } = both[who]
    if (what === 'path') {
      session.restartIce()
    } else {
      const track = isOn ? asTrack(new FakeTrack(what === 'audio' ? 'audio' : 'video')) : null
      wanted[who][TRACK_KINDS.indexOf(what)] = track
      session.replaceTrack(what, track)
    }
    await vi.advanceTimersByTimeAsync(thenMs)
  }
  await vi.advanceTimersByTimeAsync(10_000)
  const endings = [endingOf(both.caller, wanted.caller), endingOf(both.callee, wanted.callee)]
  for (const { session } of [both.caller, both.callee]) session.close()
  return endings
}

const endingOf = ({ connection, session }: Side, wanted: Sent): Ending => ({
  state: connection.signalingState,
  link: session.link,
  sent: connection.getTransceivers().map(({ sender }) => sender.track),
  wanted,
})

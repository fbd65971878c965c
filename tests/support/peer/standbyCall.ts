import { vi } from 'vitest'
import type { Link } from '#client/calls/machine/state.ts'
import type { LegSession } from '#client/calls/peer/legSessions.ts'
import { Standby, type StandbyMaking } from '#client/calls/peer/Standby.ts'
import { asTrack, FakeTrack } from './FakeTrack.ts'
import { SPEAKING } from './twoSessions.ts'

export const LEG = { legId: 'leg', deviceId: 'device' }
const TURN_MS = 2_500

/** A session whose path the test plays: it only remembers what it was told. */
export function fakeSession(offers: boolean) {
  const told: { sent: unknown[]; said: unknown[]; acts: string[] } = {
    sent: [],
    said: [],
    acts: [],
  }
  const path = {
    link: 'connecting' as Link | 'failed',
    stamp: null as number | null,
    /** Whether the other page hears and answers. */
    answers: true,
  }
  const echo = {
    answeredAt: Date.now(),
    roundTripMs: 0,
    ask() {
      if (path.answers) echo.answeredAt = Date.now()
    },
  }
  const sources = () => (path.stamp === null ? [] : [{ timestamp: path.stamp }])
  const connection = {
    getTransceivers: () => [{ receiver: { getSynchronizationSources: sources } }],
  }
  const session = {
    get link() {
      return path.link
    },
    connection,
    echo,
    offer: () => told.acts.push('offer'),
    close: () => told.acts.push('close'),
    hangUp: () => told.acts.push('hang up'),
    handle: ({ type }: { type: string }) => told.acts.push(`take ${type}`),
    replaceTrack: (kind: string, track: unknown) => told.sent.push([kind, track]),
    say: (state: object) => told.said.push(state),
  }
  const leg = { leg: LEG, session, offers, tracks: new Map() } as unknown as LegSession
  return { leg, told, path }
}

interface Surroundings {
  offers?: boolean
  isPossible?: () => boolean
  isPeerSpeaking?: () => boolean
}

/** A call whose first connection stands and gets sound every 20 ms, until the test says otherwise. */
export function inCall({ offers = true, ...over }: Surroundings = {}) {
  const first = fakeSession(offers)
  const made: (ReturnType<typeof fakeSession> & StandbyMaking)[] = []
  let moves = 0
  const standby = new Standby({
    make: (_, as) => {
      const one = { ...fakeSession(as.offers), ...as }
      made.push(one)
      return one.leg
    },
    isPossible: () => true,
    isPeerSpeaking: () => true,
    onMoved: () => {
      moves += 1
    },
    now: () => Date.now(),
    ...over,
  })
  const voice = asTrack(new FakeTrack('audio'))
  first.path.link = 'connected'
  let flows = true
  const flow = setInterval(() => {
    if (flows) first.path.stamp = Date.now()
  }, 20)
  standby.watch(first.leg)
  standby.sendTrack('audio', voice)
  standby.say(SPEAKING)
  return {
    standby,
    first,
    made,
    voice,
    moves: () => moves,
    cut: (isCut: boolean) => {
      flows = first.path.answers = !isCut
    },
    /** The peer says nothing for a while. */
    pause: () => {
      flows = false
    },
    end: () => {
      clearInterval(flow)
      standby.hangUp()
    },
  }
}

/** The same, with a standby that has come about. */
export async function ready(surroundings: Surroundings = {}) {
  const call = inCall(surroundings)
  await vi.advanceTimersByTimeAsync(TURN_MS)
  const [other] = call.made
  if (other === undefined) throw new Error('there is no standby')
  other.path.link = 'connected'
  await vi.advanceTimersByTimeAsync(100)
  return { ...call, other }
}

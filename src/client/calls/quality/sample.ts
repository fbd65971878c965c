import type { SideQuality } from '#shared/protocol/peerState.ts'
import { TRACK_KINDS, type TrackKind } from '../peer/trackKinds.ts'

/** Why the encoder sends less than it was asked to. */
export type Limitation = SideQuality['limited']

/** What has come in on one track since the connection began. */
export interface Received {
  readonly packets: number
  readonly lost: number
  /** s */
  readonly jitter: number
  /** Samples of sound played, and those of them that were made up because nothing had come. */
  readonly samples: number
  readonly concealed: number
  readonly frames: number
  readonly freezes: number
}

/** The counters of one connection at one moment; what counts is the difference of two. */
export interface Sample {
  /** ms */
  readonly at: number
  readonly received: Readonly<Partial<Record<TrackKind, Received>>>
  /** Of what this side sends, as the peer reports it: 0 to 1. */
  readonly sentLost: number | null
  /** ms */
  readonly roundTripMs: number | null
  /** kbit/s that there is room for; null before anybody knows. */
  readonly availableKbps: number | null
  readonly limitation: Limitation
  /** Bytes of sound and picture on the wire, since the connection began. */
  readonly bytes: { readonly received: number; readonly sent: number }
  /** Whether the path goes through a relay; null before there is one. */
  readonly isRelayed: boolean | null
}

type Stat = Readonly<Record<string, unknown>>

const numberOf = (stat: Stat | undefined, name: string): number => {
  const value = stat?.[name]
  return typeof value === 'number' ? value : 0
}
const numberOrNull = (stat: Stat | undefined, name: string): number | null => {
  const value = stat?.[name]
  return typeof value === 'number' ? value : null
}

const receivedOf = (stat: Stat): Received => ({
  packets: numberOf(stat, 'packetsReceived'),
  lost: Math.max(0, numberOf(stat, 'packetsLost')),
  jitter: numberOf(stat, 'jitter'),
  samples: numberOf(stat, 'totalSamplesReceived'),
  // Made-up silence is how a pause sounds (DTX), and nothing that anybody misses.
  concealed: Math.max(
    0,
    numberOf(stat, 'concealedSamples') - numberOf(stat, 'silentConcealedSamples'),
  ),
  frames: numberOf(stat, 'framesDecoded'),
  freezes: numberOf(stat, 'freezeCount'),
})

/** Read a report of `getStats` (W3C WebRTC Statistics); m-lines are in the order of `TRACK_KINDS`. */
export function readSample(report: Iterable<Stat>, at: number): Sample {
  const stats = [...report]
  const ofType = (type: string): Stat[] => stats.filter((stat) => stat['type'] === type)
  const received: Partial<Record<TrackKind, Received>> = {}
  for (const stat of ofType('inbound-rtp')) {
    const kind = TRACK_KINDS[Number(stat['mid'])]
    if (kind !== undefined) received[kind] = receivedOf(stat)
  }
  const [transport] = ofType('transport')
  const pair = ofType('candidate-pair').find(
    ({ id }) => id === transport?.['selectedCandidatePairId'],
  )
  const reports = ofType('remote-inbound-rtp')
  const seconds = numberOrNull(pair, 'currentRoundTripTime')
  const bits = numberOrNull(pair, 'availableOutgoingBitrate')
  return {
    at,
    received,
    sentLost: reports.length === 0 ? null : lossOf(reports),
    roundTripMs: seconds === null ? null : seconds * 1_000,
    availableKbps: bits === null ? null : bits / 1_000,
    limitation: limitationOf(ofType('outbound-rtp')),
    bytes: {
      received: sumOf(ofType('inbound-rtp'), ['bytesReceived', 'headerBytesReceived']),
      sent: sumOf(ofType('outbound-rtp'), ['bytesSent', 'headerBytesSent']),
    },
    isRelayed: pair === undefined ? null : isRelay(pair, stats),
  }
}

const sumOf = (stats: readonly Stat[], names: readonly string[]): number =>
  stats.reduce((sum, stat) => names.reduce((part, name) => part + numberOf(stat, name), sum), 0)

/** Of a candidate only its kind is read: its address is nobody's business. */
function isRelay(pair: Stat, stats: readonly Stat[]): boolean {
  const ends = [pair['localCandidateId'], pair['remoteCandidateId']]
  return stats.some((stat) => ends.includes(stat['id']) && stat['candidateType'] === 'relay')
}

const lossOf = (reports: readonly Stat[]): number =>
  Math.max(0, ...reports.map((report) => numberOf(report, 'fractionLost')))

function limitationOf(sending: readonly Stat[]): Limitation {
  const reasons = sending
    .filter((stat) => stat['active'] !== false)
    .map((stat) => stat['qualityLimitationReason'])
  if (reasons.includes('cpu')) return 'cpu'
  return reasons.includes('bandwidth') ? 'bandwidth' : 'none'
}

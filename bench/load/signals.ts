/** What the browsers of a call say to each other through a server. */
export type SignalKind = 'candidate' | 'offer'

export interface Signal {
  readonly kind: SignalKind
  /** A candidate line or a whole description; it carries its own number. */
  readonly text: string
}

const STAMP = 'stamp '
const STAMP_BYTES = Buffer.from(STAMP)
const [ZERO, NINE] = [0x30, 0x39]

/** A candidate as Chromium writes it, with its number as one more extension attribute (RFC 8839 5.1). */
const candidateLine = (n: number): string =>
  `candidate:842163049 1 udp 1677729535 203.0.113.77 46154 typ srflx raddr 192.168.178.24 rport 46154 ` +
  `generation 0 ufrag 4ZcD network-id 3 network-cost 10 ${STAMP}${n}`

/** A description of the size that Chromium's are for sound and picture, its number as its name. */
const description = (n: number): string =>
  `v=0\r\no=- 4611731400430051336 2 IN IP4 127.0.0.1\r\ns=${STAMP}${n}\r\nt=0 0\r\n${MEDIA}`

const FORMATS = Array.from({ length: 40 }, (_, at) => 96 + (at % 32))
const MEDIA = [
  'm=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126',
  'c=IN IP4 0.0.0.0',
  'a=rtcp-mux',
  'a=setup:actpass',
  `a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => '4A').join(':')}`,
  'm=video 9 UDP/TLS/RTP/SAVPF 96 97 102 103 104 105 106 107 108 109',
  ...FORMATS.flatMap((format) => [
    `a=rtpmap:${format} H264/90000`,
    `a=rtcp-fb:${format} goog-remb`,
    `a=rtcp-fb:${format} transport-cc`,
    `a=fmtp:${format} level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42001f`,
    '',
  ]),
]
  .filter(Boolean)
  .map((line) => `${line}\r\n`)
  .join('')

/** The `n`th signal. */
export const signalOf = (kind: SignalKind, n: number): Signal => ({
  kind,
  text: kind === 'candidate' ? candidateLine(n) : description(n),
})

/** The number of the signal that a frame carries, whatever is around it, or -1. */
export function stampOf(frame: Buffer): number {
  const at = frame.indexOf(STAMP_BYTES)
  if (at < 0) return -1
  let n = 0
  for (let i = at + STAMP.length; i < frame.length; i += 1) {
    const digit = frame[i] ?? 0
    if (digit < ZERO || digit > NINE) break
    n = n * 10 + digit - ZERO
  }
  return n
}

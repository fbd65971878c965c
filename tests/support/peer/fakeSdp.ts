export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive'

/** One m-line. */
export interface Section {
  readonly kind: 'audio' | 'video' | 'application'
  readonly mid: string
  readonly direction: Direction
}

/** What a description says of its side, beyond what every description says. */
export interface Outline {
  readonly ufrag: string
  readonly sections: readonly Section[]
}

const CODECS: Readonly<Record<Section['kind'], readonly string[]>> = {
  audio: ['a=rtpmap:111 opus/48000/2', 'a=fmtp:111 minptime=10;useinbandfec=1'],
  video: ['a=rtpmap:96 VP8/90000'],
  application: ['a=sctp-port:5000'],
}
const TRANSPORTS: Readonly<Record<Section['kind'], string>> = {
  audio: 'UDP/TLS/RTP/SAVPF 111',
  video: 'UDP/TLS/RTP/SAVPF 96',
  application: 'UDP/DTLS/SCTP webrtc-datachannel',
}

const sectionLines = (ufrag: string, { kind, mid, direction }: Section): string[] => [
  `m=${kind} 9 ${TRANSPORTS[kind]}`,
  'c=IN IP4 0.0.0.0',
  `a=mid:${mid}`,
  `a=ice-ufrag:${ufrag}`,
  ...(kind === 'application' ? [] : [`a=${direction}`]),
  ...CODECS[kind],
]

/** A description as text, such as a browser would write it. */
export const writeSdp = ({ ufrag, sections }: Outline, version: number): string =>
  [
    'v=0',
    `o=- 4611733055 ${version} IN IP4 127.0.0.1`,
    's=-',
    't=0 0',
    `a=group:BUNDLE ${sections.map(({ mid }) => mid).join(' ')}`,
    ...sections.flatMap((section) => sectionLines(ufrag, section)),
    '',
  ].join('\r\n')

function readSection(text: string): Section {
  const [, kind] = /^m=(audio|video|application) /.exec(text) ?? []
  const [, mid] = /^a=mid:(\S+)/m.exec(text) ?? []
  const [, direction = 'sendrecv'] = /^a=(sendrecv|sendonly|recvonly|inactive)/m.exec(text) ?? []
  if (kind === undefined || mid === undefined) throw syntaxError()
  return { kind: kind as Section['kind'], mid, direction: direction as Direction }
}

/** @throws DOMException `OperationError`, as Chromium does on what it can't parse */
export function readSdp(sdp: string): Outline {
  const [head = '', ...sections] = sdp.split(/(?=^m=)/m)
  const [, ufrag] = /^a=ice-ufrag:(\S+)/m.exec(sdp) ?? []
  if (!head.startsWith('v=0\r\n') || ufrag === undefined) throw syntaxError()
  return { ufrag, sections: sections.map(readSection) }
}

const syntaxError = (): DOMException =>
  new DOMException('Failed to parse SessionDescription', 'OperationError')

export const hasSend = (direction: Direction): boolean => direction.startsWith('send')
export const hasReceive = (direction: Direction): boolean =>
  direction.endsWith('recv') || direction === 'recvonly'

export function directionOf(send: boolean, receive: boolean): Direction {
  if (send) return receive ? 'sendrecv' : 'sendonly'
  return receive ? 'recvonly' : 'inactive'
}

/** What both sides agree on, as the side sees it whose preference comes first. */
export const agreed = (own: Direction, peers: Direction): Direction =>
  directionOf(hasSend(own) && hasReceive(peers), hasReceive(own) && hasSend(peers))

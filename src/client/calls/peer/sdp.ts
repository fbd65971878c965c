/**
 * What we ask of our own sender, written into the peer's description before it is set: that is
 * where Chromium looks for it. Pure text; unknown SDP passes unchanged.
 */
export interface SendingPreferences {
  /** kbit/s at which the video estimate starts, instead of Chromium's 300. */
  readonly startBitrateKbps: number
  /** Names of the video codecs that cost this computer least, the best first. */
  readonly efficientVideo: readonly string[]
}

const VIDEO_CODEC = /^a=rtpmap:(\d+) (?:VP8|VP9|H264|AV1)\/90000\r?$/gm

/**
 * Opus with its own repair (in-band FEC), nothing sent in silence (DTX), and each frame sent once more
 * with the next one (RED, RFC 2198); video that starts sharp, in the codec that costs this computer
 * least, of those that the peer can show.
 */
export function withSendingPreferences(sdp: string, preferences: SendingPreferences): string {
  const sections = sdp.split(/(?=^m=)/m)
  return sections
    .map((section) => {
      if (section.startsWith('m=audio'))
        return putFirst(tuneOpus(section), payloadsOf(section, 'red'))
      if (section.startsWith('m=video')) return tuneVideo(section, preferences)
      return section
    })
    .join('')
}

function tuneOpus(section: string): string {
  const payload = /^a=rtpmap:(\d+) opus\/48000/m.exec(section)?.[1]
  if (payload === undefined) return section
  return addParameters(section, payload, ['useinbandfec=1', 'usedtx=1'])
}

function tuneVideo(
  section: string,
  { startBitrateKbps, efficientVideo }: SendingPreferences,
): string {
  const startBitrate = `x-google-start-bitrate=${String(startBitrateKbps)}`
  const tuned = [...section.matchAll(VIDEO_CODEC)].reduce(
    (text, [, payload]) =>
      payload === undefined ? text : addParameters(text, payload, [startBitrate]),
    section,
  )
  return putFirst(
    tuned,
    efficientVideo.flatMap((name) => payloadsOf(section, name)),
  )
}

/** The payload types of a codec, in the order of the section. */
const payloadsOf = (section: string, name: string): string[] =>
  [...section.matchAll(/^a=rtpmap:(\d+) ([^/\r\n]+)\//gm)]
    .filter(([, , codec]) => codec === name)
    .flatMap(([, payload]) => payload ?? [])

/** A sender takes the first codec of the m-line that it knows. */
function putFirst(section: string, payloads: readonly string[]): string {
  const [line = '', head = '', list = ''] = /^(m=\S+ \d+ \S+ )([\d ]+)/.exec(section) ?? []
  const rest = list.split(' ').filter((payload) => !payloads.includes(payload))
  return line === '' ? section : section.replace(line, head + [...payloads, ...rest].join(' '))
}

function addParameters(section: string, payload: string, parameters: readonly string[]): string {
  const line = new RegExp(`^a=fmtp:${payload} (.*?)(\\r?)$`, 'm')
  const found = line.exec(section)
  if (found === null) {
    const map = new RegExp(`^(a=rtpmap:${payload} .*?)(\\r?)$`, 'm')
    return section.replace(map, `$1$2\na=fmtp:${payload} ${parameters.join(';')}$2`)
  }
  const present = (found[1] ?? '').split(';').filter((one) => one !== '')
  const names = parameters.map((parameter) => parameter.split('=')[0])
  const kept = present.filter((one) => !names.includes(one.trim().split('=')[0]))
  return section.replace(line, `a=fmtp:${payload} ${[...kept, ...parameters].join(';')}$2`)
}

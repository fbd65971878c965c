/**
 * What we ask of our own sender, written into the peer's description before it is set: that is
 * where Chromium looks for it. Pure text; unknown SDP passes unchanged.
 */
export interface SendingWishes {
  /** kbit/s at which the video estimate starts, instead of Chromium's 300. */
  readonly startBitrateKbps: number
}

const VIDEO_CODEC = /^a=rtpmap:(\d+) (?:VP8|VP9|H264|AV1)\/90000\r?$/gm

/** Opus with in-band repair and silence left out; video that starts sharp (research 3.10, 3.11). */
export function withSendingWishes(sdp: string, { startBitrateKbps }: SendingWishes): string {
  const sections = sdp.split(/(?=^m=)/m)
  return sections
    .map((section) => {
      if (section.startsWith('m=audio')) return tuneOpus(section)
      if (section.startsWith('m=video')) return tuneVideo(section, startBitrateKbps)
      return section
    })
    .join('')
}

function tuneOpus(section: string): string {
  const payload = /^a=rtpmap:(\d+) opus\/48000/m.exec(section)?.[1]
  if (payload === undefined) return section
  return addParameters(section, payload, ['useinbandfec=1', 'usedtx=1'])
}

function tuneVideo(section: string, startBitrateKbps: number): string {
  const wish = `x-google-start-bitrate=${String(startBitrateKbps)}`
  return [...section.matchAll(VIDEO_CODEC)].reduce(
    (tuned, [, payload]) => (payload === undefined ? tuned : addParameters(tuned, payload, [wish])),
    section,
  )
}

function addParameters(section: string, payload: string, wishes: readonly string[]): string {
  const line = new RegExp(`^a=fmtp:${payload} (.*?)(\\r?)$`, 'm')
  const found = line.exec(section)
  if (found === null) {
    const map = new RegExp(`^(a=rtpmap:${payload} .*?)(\\r?)$`, 'm')
    return section.replace(map, `$1$2\na=fmtp:${payload} ${wishes.join(';')}$2`)
  }
  const present = (found[1] ?? '').split(';').filter((one) => one !== '')
  const names = wishes.map((wish) => wish.split('=')[0])
  const kept = present.filter((one) => !names.includes(one.trim().split('=')[0]))
  return section.replace(line, `a=fmtp:${payload} ${[...kept, ...wishes].join(';')}$2`)
}

import { describe, expect, it } from 'vitest'
import { withSendingPreferences } from '#client/calls/peer/sdp.ts'
import { CHROMIUM_OFFER } from './chromiumOffer.ts'

const PREFERENCES = { startBitrateKbps: 2_000, efficientVideo: [] }
const tuned = withSendingPreferences(CHROMIUM_OFFER, PREFERENCES)
const linesOf = (sdp: string) => sdp.split('\r\n')
const payloadsIn = (sdp: string, kind: string) =>
  new RegExp(`^m=${kind} \\d+ \\S+ (.*?)\\r?$`, 'm').exec(sdp)?.[1]?.split(' ') ?? []
const fmtpOf = (sdp: string, payload: number) =>
  linesOf(sdp).filter((line) => line.startsWith(`a=fmtp:${payload} `))

describe("Chromium's own offer", () => {
  it('asks Opus for repair and for silence left out, and keeps what it asked before', () => {
    expect(fmtpOf(tuned, 111)).toEqual(['a=fmtp:111 minptime=10;useinbandfec=1;usedtx=1'])
  })

  it('starts every real video codec at the preferred rate', () => {
    const named = CHROMIUM_OFFER.matchAll(/^a=rtpmap:(\d+) (?:VP8|VP9|H264|AV1)\/90000\r?$/gm)
    const codecs = [...named].map(([, payload]) => Number(payload))
    expect(codecs.length).toBeGreaterThan(2)
    const [video = ''] = tuned.split(/(?=^m=)/m).filter((part) => part.startsWith('m=video'))
    for (const payload of codecs) {
      expect(fmtpOf(video, payload)).toEqual([
        expect.stringMatching(/[ ;]x-google-start-bitrate=2000$/),
      ])
    }
  })

  it('leaves repair, redundancy and the data channel as they were', () => {
    const untouched = (sdp: string) =>
      linesOf(sdp).filter((line) => !/^(?:a=fmtp:(?!.*apt=)|m=audio )/.test(line))
    expect(untouched(tuned)).toEqual(untouched(CHROMIUM_OFFER))
  })

  it('sends each frame of sound twice where the peer understands it', () => {
    expect(payloadsIn(CHROMIUM_OFFER, 'audio').slice(0, 2)).toEqual(['111', '63'])
    expect(payloadsIn(tuned, 'audio').slice(0, 2)).toEqual(['63', '111'])
    expect(payloadsIn(tuned, 'audio').toSorted()).toEqual(
      payloadsIn(CHROMIUM_OFFER, 'audio').toSorted(),
    )
  })

  it('keeps the order of video codecs where no chip makes one, and every m-line', () => {
    const outline = (sdp: string) => linesOf(sdp).filter((line) => /^(?:m=(?!audio)|o=)/.test(line))
    expect(outline(tuned)).toEqual(outline(CHROMIUM_OFFER))
  })

  it('prefers the codecs that a chip makes, the best first', () => {
    const sdp = withSendingPreferences(CHROMIUM_OFFER, {
      ...PREFERENCES,
      efficientVideo: ['VP9', 'H264'],
    })
    const names = new Map(
      [...CHROMIUM_OFFER.matchAll(/^a=rtpmap:(\d+) (\w+)\/90000/gm)].map(([, id, name]) => [
        id,
        name,
      ]),
    )
    const order = payloadsIn(sdp, 'video').map((id) => names.get(id))
    expect([...new Set(order)].slice(0, 3)).toEqual(['VP9', 'H264', 'VP8'])
    expect(payloadsIn(sdp, 'video').toSorted()).toEqual(
      payloadsIn(CHROMIUM_OFFER, 'video').toSorted(),
    )
  })

  it('is the same when it is asked twice', () => {
    expect(withSendingPreferences(tuned, PREFERENCES)).toBe(tuned)
  })

  it('takes the newest preference', () => {
    const again = withSendingPreferences(tuned, { ...PREFERENCES, startBitrateKbps: 500 })
    expect(again).toContain('x-google-start-bitrate=500')
    expect(again).not.toContain('x-google-start-bitrate=2000')
  })
})

describe('a description without a line for a preference', () => {
  it('gets one under the codec', () => {
    const sdp = 'v=0\r\nm=video 9 X 96\r\na=rtpmap:96 VP8/90000\r\na=sendrecv\r\n'
    expect(withSendingPreferences(sdp, PREFERENCES)).toBe(
      'v=0\r\nm=video 9 X 96\r\na=rtpmap:96 VP8/90000\r\na=fmtp:96 x-google-start-bitrate=2000\r\na=sendrecv\r\n',
    )
  })
})

describe('what we do not know', () => {
  it.each([
    '',
    'v=0\r\n',
    'v=0\r\nm=audio 9 X 8\r\na=rtpmap:8 PCMA/8000\r\n',
    'v=0\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=sctp-port:5000\r\n',
    'nonsense',
  ])('passes as it is: %j', (sdp) => {
    expect(withSendingPreferences(sdp, PREFERENCES)).toBe(sdp)
  })
})

import { describe, expect, it } from 'vitest'
import {
  CANDIDATE_MAX_CHARS,
  FRAME_MAX_BYTES,
  SDP_MAX_CHARS,
  SDP_MAX_LINES,
} from '#shared/limits.ts'
import { parseReceived, parseRequest } from '#shared/protocol/parse.ts'
import {
  CHROMIUM_ANSWER,
  CHROMIUM_CANDIDATES,
  CHROMIUM_OFFER,
} from '../../support/calls/chromium.ts'
import { aCallId, bob, legRef } from '../../support/calls/people.ts'
import { CANDIDATE, SDP } from '../../support/calls/signals.ts'

const address = { callId: aCallId(), generation: 1, toLeg: bob.leg().legId }

const offer = (sdp: unknown, parts: object = {}) =>
  parseRequest(JSON.stringify({ id: 1, type: 'call.offer', body: { ...address, sdp, ...parts } }))
const candidate = (parts: object) =>
  parseRequest(
    JSON.stringify({
      id: 1,
      type: 'call.candidate',
      body: { ...address, candidate: { ...CANDIDATE, ...parts } },
    }),
  )

const refusal = (field: string) => ({
  ok: false,
  error: expect.objectContaining({ code: 'protocol/malformed', field }) as unknown,
})

/** A description of exactly so many lines, or characters. */
const ofLines = (lines: number) => `v=0\r\n${'a=x\r\n'.repeat(lines - 2)}`
const ofChars = (chars: number) => `v=0\r\na=${'x'.repeat(chars - 9)}\r\n`

describe('a session description', () => {
  it.each([
    ['offer', CHROMIUM_OFFER],
    ['answer', CHROMIUM_ANSWER],
  ])('[S25] is taken as a browser writes it: %s', (_what, sdp) => {
    expect(offer(sdp).request).toMatchObject({ ok: true, value: { body: { sdp } } })
  })

  it('[S25] of a browser leaves room for what the years will add', () => {
    expect(CHROMIUM_OFFER.length).toBeLessThan(SDP_MAX_CHARS / 2)
    expect(CHROMIUM_OFFER.split('\n').length).toBeLessThan(SDP_MAX_LINES)
  })

  it('[CA15] [S25] has at most 32 Ki characters', () => {
    expect(ofChars(SDP_MAX_CHARS)).toHaveLength(SDP_MAX_CHARS)
    expect(offer(ofChars(SDP_MAX_CHARS)).request.ok).toBe(true)
    expect(offer(ofChars(SDP_MAX_CHARS + 1)).request).toEqual(refusal('body.sdp'))
  })

  it('[CA15] [S25] has at most 500 lines', () => {
    expect(offer(ofLines(SDP_MAX_LINES)).request.ok).toBe(true)
    expect(offer(ofLines(SDP_MAX_LINES + 1)).request).toEqual(refusal('body.sdp'))
  })

  it('[CA15] of the largest size fits into a frame, with its envelope', () => {
    const sdp = ofChars(SDP_MAX_CHARS)
    const push = { type: 'call.offer', body: { ...address, sdp, from: legRef(bob.leg()) } }
    const frame = JSON.stringify({ n: 1, ...push })
    expect(frame.length).toBeLessThan(FRAME_MAX_BYTES)
    expect(parseReceived(frame).ok).toBe(true)
  })

  it.each([
    ['nothing', ''],
    ['something before its version', `a=x\r\n${SDP}`],
    ['another version', SDP.replace('v=0', 'v=1')],
    ['a version without its line end', 'v=0'],
    ['a medium that nobody sends', `${SDP}m=image 9 udptl t38\r\n`],
    ['a medium hidden behind a bare CR', `${SDP}a=x\rm=text 9 RTP/AVP 0\r\n`],
    ['a word that only begins like a medium', `${SDP}m=audiovisual 9 RTP/AVP 0\r\n`],
    ['a number', 1],
    ['null', null],
  ])('[S25] is not taken with %s', (_what, sdp) => {
    expect(offer(sdp).request).toEqual(refusal('body.sdp'))
  })

  it.each([0, -1, 1.5, 1_001, '1', null])('is not taken of generation %j', (generation) => {
    expect(offer(SDP, { generation }).request).toEqual(refusal('body.generation'))
  })

  it('is only taken for a leg', () => {
    expect(offer(SDP, { toLeg: 'everybody' }).request).toEqual(refusal('body.toLeg'))
  })
})

describe('a candidate', () => {
  it.each(CHROMIUM_CANDIDATES)('[S25] is taken as a browser writes it: $candidate', (one) => {
    expect(candidate(one).request).toMatchObject({ ok: true, value: { body: { candidate: one } } })
  })

  it('is taken as the end of candidates when it is empty', () => {
    expect(candidate({ candidate: '' }).request.ok).toBe(true)
  })

  it('is taken without the name of its credentials, as older browsers send it', () => {
    expect(candidate({ usernameFragment: undefined }).request).toMatchObject({
      value: { body: { candidate: { usernameFragment: null } } },
    })
  })

  it('[CA15] [S25] has at most 1 Ki characters', () => {
    const ofChars = (chars: number) => `candidate:${'x'.repeat(chars - 10)}`
    expect(candidate({ candidate: ofChars(CANDIDATE_MAX_CHARS) }).request.ok).toBe(true)
    expect(candidate({ candidate: ofChars(CANDIDATE_MAX_CHARS + 1) }).request).toEqual(
      refusal('body.candidate.candidate'),
    )
  })

  it.each([
    ['two lines', 'candidate:1 1 udp 1 a 1 typ host\r\na=ice-pwd:mine'],
    ['a line end', 'candidate:1 1 udp 1 a 1 typ host\n'],
    ['a control character', 'candidate:1\0'],
    ['letters beyond ASCII', 'candidate:１'],
    ['another beginning', 'a=candidate:1 1 udp 1 a 1 typ host'],
  ])('[S25] is not taken with %s', (_what, line) => {
    expect(candidate({ candidate: line }).request).toEqual(refusal('body.candidate.candidate'))
  })

  it.each([
    ['sdpMid', 'x'.repeat(17)],
    ['sdpMid', 0],
    ['sdpMLineIndex', 16],
    ['sdpMLineIndex', -1],
    ['sdpMLineIndex', 0.5],
    ['usernameFragment', 'x'.repeat(257)],
  ])('[S25] is not taken with a %s of %j', (field, value) => {
    expect(candidate({ [field]: value }).request).toEqual(refusal(`body.candidate.${field}`))
  })
})

import { describe, expect, it } from 'vitest'
import * as v from 'valibot'
import { callRequests } from '#shared/protocol/calls.ts'
import { signalOf, stampOf } from '../../bench/load/signals.ts'

const UUID = '0193a5c2-7d1f-7a3b-8c2d-1234567890ab'

describe('a signal of the benches', () => {
  it('carries its number through whatever wraps it', () => {
    const { text } = signalOf('candidate', 40_017)
    expect(stampOf(Buffer.from(JSON.stringify({ any: { text } })))).toBe(40_017)
    expect(stampOf(Buffer.from(JSON.stringify([signalOf('offer', 9).text])))).toBe(9)
    expect(stampOf(Buffer.from('{"replyTo":3,"ok":true,"body":{}}'))).toBe(-1)
  })

  it('is one that our protocol takes, of a real size', () => {
    const offer = signalOf('offer', 123_456).text
    const candidate = signalOf('candidate', 123_456).text
    const address = { callId: UUID, generation: 1, toLeg: UUID }
    const description = { ...address, sdp: offer }
    const line = { ...address, candidate: { candidate, sdpMid: '0', sdpMLineIndex: 0 } }
    expect(v.is(callRequests['call.offer'].body, description)).toBe(true)
    expect(v.is(callRequests['call.candidate'].body, line)).toBe(true)
    expect(offer.length).toBeGreaterThan(5_500)
    expect(offer.length).toBeLessThan(8_000)
    expect(candidate.length).toBeGreaterThan(150)
  })
})

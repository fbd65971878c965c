import { describe, expect, it } from 'vitest'
import { readSample } from '#client/calls/quality/sample.ts'
import { reception } from '#client/calls/quality/score.ts'

/** As much of Chromium's report as is read. */
const report = (part: Record<string, object> = {}) =>
  Object.values({
    transport: { id: 'T', type: 'transport', selectedCandidatePairId: 'P' },
    pair: {
      id: 'P',
      type: 'candidate-pair',
      currentRoundTripTime: 0.08,
      availableOutgoingBitrate: 450_000,
    },
    other: { id: 'Q', type: 'candidate-pair', currentRoundTripTime: 9 },
    sound: {
      id: 'A',
      type: 'inbound-rtp',
      mid: '0',
      packetsReceived: 100,
      packetsLost: 4,
      jitter: 0.01,
      totalSamplesReceived: 48_000,
      concealedSamples: 2_000,
      silentConcealedSamples: 500,
    },
    camera: { id: 'V', type: 'inbound-rtp', mid: '1', framesDecoded: 30, packetsReceived: 200 },
    sent: {
      id: 'O',
      type: 'outbound-rtp',
      active: true,
      qualityLimitationReason: 'bandwidth',
    },
    told: { id: 'R', type: 'remote-inbound-rtp', fractionLost: 0.1 },
    ...part,
  }) as Record<string, unknown>[]

describe('a report of the connection', () => {
  it('is read by what each track is, on the path that carries it', () => {
    expect(readSample(report(), 5)).toMatchObject({
      at: 5,
      roundTripMs: 80,
      availableKbps: 450,
      sentLost: 0.1,
      limitation: 'bandwidth',
      received: { audio: { packets: 100, lost: 4, concealed: 1_500 }, camera: { frames: 30 } },
    })
  })

  it('with nothing in it is nothing, and no trouble', () => {
    expect(readSample([], 5)).toEqual({
      at: 5,
      received: {},
      sentLost: null,
      roundTripMs: null,
      availableKbps: null,
      limitation: 'none',
      bytes: { received: 0, sent: 0 },
      isRelayed: null,
    })
  })

  it('tells what goes over the wire, and whether by a relay', () => {
    const sent = { type: 'outbound-rtp', bytesSent: 1_000, headerBytesSent: 100 }
    const pair = { id: 'P', type: 'candidate-pair', localCandidateId: 'L', remoteCandidateId: 'M' }
    const own = { id: 'L', type: 'local-candidate', candidateType: 'relay', address: '10.0.0.1' }
    const sample = readSample(report({ sent, pair, own }), 0)
    expect([sample.bytes.sent, sample.isRelayed]).toEqual([1_100, true])
    expect(readSample(report({ pair }), 0).isRelayed).toBe(false)
  })

  it('the processor counts before the room, and a paused sender is limited by nobody', () => {
    const cpu = { type: 'outbound-rtp', qualityLimitationReason: 'cpu' }
    expect(readSample(report({ cpu }), 0).limitation).toBe('cpu')
    const paused = { type: 'outbound-rtp', active: false, qualityLimitationReason: 'bandwidth' }
    expect(readSample(report({ sent: paused }), 0).limitation).toBe('none')
  })
})

describe('the reception between two reports', () => {
  const sound = (part: object) => ({
    id: 'A',
    type: 'inbound-rtp',
    mid: '0',
    packetsReceived: 150,
    packetsLost: 4,
    jitter: 0.01,
    totalSamplesReceived: 96_000,
    concealedSamples: 2_000,
    silentConcealedSamples: 500,
    ...part,
  })
  const between = (part: object, rest: Record<string, object> = {}) =>
    reception(readSample(report(), 0), readSample(report({ sound: sound(part), ...rest }), 1_000))

  it('counts only what came in between', () => {
    expect(between({})).toMatchObject({ lossPercent: 0, concealedPercent: 0, packets: 50 })
    expect(between({})?.score).toBeGreaterThan(95)
  })

  it('loss, made-up sound and a long way each cost', () => {
    expect(between({ packetsLost: 14 })?.score).toBeLessThan(40)
    expect(between({ concealedSamples: 7_000 })?.score).toBeLessThan(55)
    const pair = { id: 'P', type: 'candidate-pair', currentRoundTripTime: 1.4 }
    expect(between({}, { pair })?.score).toBeLessThan(50)
  })

  it('made-up silence costs nothing: that is how a pause comes in', () => {
    const paused = between({ concealedSamples: 42_000, silentConcealedSamples: 40_500 })
    expect(paused?.concealedPercent).toBe(0)
  })

  it('is unknown when the counters began anew', () => {
    expect(between({ totalSamplesReceived: 10 })).toBeNull()
  })

  it('is 0 at the worst', () => {
    expect(between({ packetsLost: 1_000 })?.score).toBe(0)
  })
})

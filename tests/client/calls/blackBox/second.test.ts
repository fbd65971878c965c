import { expect, it } from 'vitest'
import { secondOf } from '#client/calls/blackBox/second.ts'
import { readSample } from '#client/calls/quality/sample.ts'

const SIDE = { score: 90.04, limited: 'none', late: 0, busy: false, paused: false } as const

const sample = (at: number, packets: number, bytes: number) =>
  readSample(
    [
      {
        type: 'inbound-rtp',
        mid: '0',
        packetsReceived: packets,
        packetsLost: packets / 10,
        bytesReceived: bytes,
        totalSamplesReceived: packets * 960,
        concealedSamples: packets * 96,
        jitter: 0.0123,
      },
      { type: 'outbound-rtp', bytesSent: bytes / 2 },
      { type: 'remote-inbound-rtp', fractionLost: 0.125 },
    ],
    at,
  )

it('is what came between two looks, by the time that passed', () => {
  const look = { before: sample(0, 50, 10_000), now: sample(2_000, 150, 30_000), mine: SIDE }
  expect(secondOf({ ...look, theirs: { ...SIDE, score: 70, limited: 'cpu' } })).toMatchObject({
    at: 2_000,
    score: 90,
    theirScore: 70,
    lossPercent: 9.1,
    concealedPercent: 10,
    sentLossPercent: 12.5,
    jitterMs: 12.3,
    receivedKbps: 80,
    sentKbps: 40,
    theirLimited: 'cpu',
  })
})

it('of a first look, or of a new connection, has no figures that would compare', () => {
  const first = secondOf({ before: null, now: sample(0, 50, 10_000), mine: SIDE, theirs: null })
  expect(first).toMatchObject({ receivedKbps: null, lossPercent: null, theirScore: null })
  const anew = { before: sample(0, 50, 10_000), now: sample(1_000, 1, 100), mine: SIDE }
  expect(secondOf({ ...anew, theirs: null })).toMatchObject({ receivedKbps: null, sentKbps: null })
})

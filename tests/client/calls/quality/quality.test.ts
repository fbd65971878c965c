import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, ref } from 'vue'
import type { TrackKind } from '#client/calls/peer/trackKinds.ts'
import { useQuality } from '#client/calls/quality/useQuality.ts'
import { createFakePage } from '../../../support/client/fakePage.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const THEIRS = { score: 95, limited: 'none', late: 0, busy: false, paused: false } as const

/** A call whose counters the test moves. */
function open() {
  const isOn = ref(false)
  const page = createFakePage()
  const counters = { packets: 0, lost: 0, kbps: 1_000 }
  const perSecond = { packets: 50, lost: 0 }
  const asked: RTCRtpEncodingParameters[] = []
  const askedOfVoice: RTCRtpEncodingParameters[] = []
  const camera = {
    track: { getSettings: () => ({ height: 720 }) },
    getParameters: () => ({ encodings: [{}] }),
    setParameters: ({ encodings }: RTCRtpSendParameters) => {
      asked.push(...encodings)
      return Promise.resolve()
    },
  }
  const voice = {
    getParameters: () => ({ encodings: [{}] }),
    setParameters: ({ encodings }: RTCRtpSendParameters) => {
      askedOfVoice.push(...encodings)
      return Promise.resolve()
    },
  }
  const senders: Partial<Record<TrackKind, unknown>> = { camera, audio: voice }
  const scope = effectScope()
  const quality = scope.run(() =>
    useQuality({
      isOn,
      connection: () => ({
        getStats: () =>
          Promise.resolve(
            new Map(
              Object.entries({
                A: {
                  type: 'inbound-rtp',
                  mid: '0',
                  packetsReceived: counters.packets,
                  packetsLost: counters.lost,
                  totalSamplesReceived: counters.packets * 960,
                },
                T: { type: 'transport', selectedCandidatePairId: 'P' },
                P: {
                  id: 'P',
                  type: 'candidate-pair',
                  availableOutgoingBitrate: counters.kbps * 1_000,
                },
              }),
            ) as unknown as RTCStatsReport,
          ),
      }),
      sender: (kind) => senders[kind] as RTCRtpSender | undefined,
      expected: () => ({ sound: true, picture: false }),
      ping: () => Promise.resolve(),
      now: () => Date.now(),
      page,
    }),
  )
  if (quality === undefined) throw new Error('no scope')
  const pass = async (seconds: number) => {
    for (let second = 0; second < seconds; second += 1) {
      counters.packets += perSecond.packets
      counters.lost += perSecond.lost
      await vi.advanceTimersByTimeAsync(1_000)
    }
  }
  return { isOn, page, counters, perSecond, asked, askedOfVoice, quality, pass }
}

describe('the quality of a call', () => {
  it('is measured while they talk, told to the peer, and shown as bars when both are known', async () => {
    const { isOn, quality, pass } = open()
    expect(quality.localState().quality).toBeUndefined()
    isOn.value = true
    await pass(3)
    expect(quality.localState().quality).toMatchObject({ score: 100, paused: false })
    expect(quality.bars.value).toBeNull()
    quality.receive({ quality: THEIRS })
    expect(quality.bars.value).toEqual({ mine: 4, theirs: 4 })
    expect(quality.trouble.value).toBeNull()
  })

  it('that is bad for a while is put into words, and they go again', async () => {
    const { isOn, perSecond, quality, pass } = open()
    isOn.value = true
    quality.receive({ quality: THEIRS })
    await pass(3)
    perSecond.lost = 25
    await pass(5)
    expect(quality.trouble.value).toBeNull()
    await pass(4)
    expect(quality.trouble.value).toBe('path')
    expect(quality.bars.value).toEqual({ mine: 4, theirs: 0 })
    perSecond.lost = 0
    await pass(20)
    expect(quality.trouble.value).toBeNull()
  })

  it('no sound at all is an alarm, raised once', async () => {
    const { isOn, perSecond, quality, pass } = open()
    const heard: string[] = []
    quality.onAlarm((alarm) => heard.push(alarm))
    isOn.value = true
    await pass(3)
    perSecond.packets = 0
    await pass(8)
    expect([quality.trouble.value, heard]).toEqual(['silent', ['silent']])
  })

  it('too little room pauses the camera, which the peer is told', async () => {
    const { isOn, counters, asked, quality, pass } = open()
    isOn.value = true
    await pass(2)
    counters.kbps = 40
    await pass(4)
    expect(quality.cameraPaused.value).toBe(true)
    expect(quality.localState().quality?.paused).toBe(true)
    expect(asked.at(-1)?.active).toBe(false)
    counters.kbps = 100
    await pass(8)
    expect([quality.cameraPaused.value, asked.at(-1)?.active]).toEqual([false, true])
  })

  it('the voice, which goes out twice, is asked for less while there is too little room', async () => {
    const { isOn, counters, askedOfVoice, pass } = open()
    isOn.value = true
    await pass(2)
    expect(askedOfVoice).toEqual([])
    counters.kbps = 40
    await pass(4)
    expect(askedOfVoice.at(-1)?.maxBitrate).toBe(16_000)
    counters.kbps = 100
    await pass(8)
    expect(askedOfVoice.at(-1)?.maxBitrate).toBeUndefined()
  })

  it('ends with the call, and leaves no timer', async () => {
    const { isOn, quality, pass } = open()
    isOn.value = true
    quality.receive({ quality: THEIRS })
    await pass(2)
    isOn.value = false
    expect([quality.bars.value, quality.trouble.value]).toEqual([null, null])
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('what is shown', () => {
  it('is told to the peer, and is nothing on a page that nobody sees', () => {
    const { page, quality } = open()
    expect(quality.localState().shows).toEqual({ camera: null, screen: null })
    quality.reportShown('camera', { height: 480.4, floats: false })
    expect(quality.localState().shows).toEqual({ camera: 480, screen: null })
    page.show(false)
    expect(quality.localState().shows?.camera).toBe(0)
    quality.reportShown('camera', { height: 200, floats: true })
    expect(quality.localState().shows?.camera).toBe(360)
  })

  it('at the peer’s decides what is sent, at once', async () => {
    const { asked, quality } = open()
    quality.receive({ shows: { camera: 160, screen: null } })
    expect(asked.at(-1)).toMatchObject({ scaleResolutionDownBy: 4, active: true })
    await vi.advanceTimersByTimeAsync(0)
    quality.receive({ shows: { camera: 0, screen: null } })
    await vi.advanceTimersByTimeAsync(0)
    expect(asked.at(-1)).toMatchObject({ active: false })
    const times = asked.length
    quality.receive({ shows: { camera: 0, screen: null } })
    await vi.advanceTimersByTimeAsync(0)
    expect(asked).toHaveLength(times)
  })
})

import { describe, expect, it, vi } from 'vitest'
import { tuneSender } from '#client/calls/peer/senderTuning.ts'

/** An RTCRtpSender with the one rule that matters here: what is set was read just before. */
function createSender() {
  let id = 0
  let set: RTCRtpSendParameters & { degradationPreference?: string } = {
    encodings: [{}],
    transactionId: '0',
    codecs: [],
    headerExtensions: [],
    rtcp: {},
  }
  const refused: string[] = []
  const sender = {
    getParameters() {
      id += 1
      return {
        ...set,
        transactionId: String(id),
        encodings: set.encodings.map((one) => ({ ...one })),
      }
    },
    async setParameters(next: RTCRtpSendParameters) {
      if (next.transactionId !== String(id)) refused.push(next.transactionId)
      await Promise.resolve()
      set = next
    },
  }
  return {
    sender: sender as unknown as RTCRtpSender,
    refused,
    get encoding() {
      return set.encodings[0]
    },
    get preference() {
      return set.degradationPreference
    },
  }
}

describe('a sender', () => {
  it('takes the smallest of what all ask of it', async () => {
    const one = createSender()
    void tuneSender(one.sender, 'start', { scale: 3 })
    void tuneSender(one.sender, 'shown', { scale: 2, maxBitrate: 300_000 })
    await tuneSender(one.sender, 'path', { maxBitrate: 500_000 })
    expect(one.encoding).toMatchObject({ scaleResolutionDownBy: 3, maxBitrate: 300_000 })
    await tuneSender(one.sender, 'start', {})
    expect(one.encoding).toMatchObject({ scaleResolutionDownBy: 2, active: true })
    await tuneSender(one.sender, 'shown', {})
    await tuneSender(one.sender, 'path', {})
    expect(one.encoding).toEqual({ scaleResolutionDownBy: 1, active: true })
  })

  it('is changed one after the other, so that no change is refused', async () => {
    const one = createSender()
    void tuneSender(one.sender, 'a', { scale: 2 })
    void tuneSender(one.sender, 'b', { paused: true })
    await tuneSender(one.sender, 'c', { preference: 'maintain-resolution' })
    expect(one.refused).toEqual([])
    expect(one.encoding).toMatchObject({ scaleResolutionDownBy: 2, active: false })
    expect(one.preference).toBe('maintain-resolution')
  })

  it('is changed at once when nothing is under way', () => {
    const one = createSender()
    const before = one.sender.getParameters().transactionId
    void tuneSender(one.sender, 'start', { scale: 3 })
    expect(Number(one.sender.getParameters().transactionId)).toBe(Number(before) + 2)
  })

  it('that refuses is asked again with the next limit', async () => {
    const one = createSender()
    const refusal = vi.spyOn(one.sender, 'setParameters').mockRejectedValue(new Error('closed'))
    await tuneSender(one.sender, 'a', { scale: 2 })
    refusal.mockRestore()
    await tuneSender(one.sender, 'b', {})
    expect(one.encoding).toMatchObject({ scaleResolutionDownBy: 2 })
  })
})

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createOutgoingTracks } from '#client/calls/peer/outgoingTracks.ts'
import { asTrack, FakeTrack } from '../../../support/peer/FakeTrack.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** An RTCRtpSender, and everything that was asked of it. */
function createSender() {
  const sent: (MediaStreamTrack | null)[] = []
  let parameters = { encodings: [{}] } as RTCRtpSendParameters
  const sender = {
    track: null as MediaStreamTrack | null,
    getParameters: () => structuredClone(parameters),
    setParameters: (next: RTCRtpSendParameters) => {
      parameters = next
      return Promise.resolve()
    },
    replaceTrack: (track: MediaStreamTrack | null) => {
      sent.push(track)
      sender.track = track
      return Promise.resolve()
    },
  }
  return { sender, sent, parameters: () => parameters }
}

/** What goes out on a connection, which is there from `begin` on. */
function outgoing() {
  const [audio, camera, screen] = [createSender(), createSender(), createSender()]
  const transceivers = [audio, camera, screen].map(({ sender }) => ({ sender }))
  const connection = { getTransceivers: () => transceivers } as unknown as RTCPeerConnection
  let begun: RTCPeerConnection | null = null
  const tracks = createOutgoingTracks(() => begun)
  const begin = () => {
    begun = connection
  }
  return { tracks, begin, audio, camera, screen }
}

const [voice, picture] = [asTrack(new FakeTrack('audio')), asTrack(new FakeTrack('video'))]

describe('tracks', () => {
  it('that were chosen before the connection wait for it', async () => {
    const { tracks, begin, audio, camera, screen } = outgoing()
    tracks.choose('audio', voice)
    tracks.choose('camera', picture)
    await tracks.attach('audio')
    begin()
    expect(audio.sent).toEqual([])
    await tracks.attachAll()
    expect([audio.sent, camera.sent, screen.sent]).toEqual([[voice], [picture], []])
  })

  it('that go out already are left alone, unless they are to begin anew', async () => {
    const { tracks, begin, audio } = outgoing()
    begin()
    tracks.choose('audio', voice)
    await tracks.attach('audio')
    await tracks.attachAll()
    expect(audio.sent).toEqual([voice])
    await tracks.attachAgain('audio')
    expect(audio.sent).toEqual([voice, null, voice])
  })
})

describe('a camera', () => {
  it('begins small and grows', async () => {
    const { tracks, begin, camera } = outgoing()
    begin()
    tracks.choose('camera', picture)
    await tracks.attach('camera')
    expect(camera.parameters().encodings[0]).toMatchObject({ scaleResolutionDownBy: 3 })
    await vi.advanceTimersByTimeAsync(1_000)
    expect(camera.parameters().encodings[0]).toMatchObject({ scaleResolutionDownBy: 1 })
  })

  it('stays as it is when the connection ends meanwhile', async () => {
    const { tracks, begin } = outgoing()
    begin()
    tracks.choose('camera', picture)
    await tracks.attach('camera')
    tracks.stop()
    expect(vi.getTimerCount()).toBe(0)
  })
})

it('a screen keeps its sharp edges where there is not room for all', async () => {
  const { tracks, begin, screen } = outgoing()
  begin()
  tracks.choose('screen', picture)
  await tracks.attach('screen')
  expect(screen.parameters()).toMatchObject({ degradationPreference: 'maintain-resolution' })
})

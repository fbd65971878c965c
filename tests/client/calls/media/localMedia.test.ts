import { describe, expect, it } from 'vitest'
import { AppError } from '#shared/errors.ts'
import { useLocalMedia } from '#client/calls/media/useLocalMedia.ts'
import { createFakeMedia, type FakeMedia } from '../../../support/media/fakeMedia.ts'

const VOICE = { deviceId: 'chosen microphone', suppressesNoise: true }

/** Promises that were settled have told everyone. */
const told = async () => {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
}

function open() {
  const media = createFakeMedia()
  const trouble: string[] = []
  const local = useLocalMedia({
    media,
    microphoneConstraints: () => VOICE,
    cameraId: () => null,
    onFailure: (device, { code }) => trouble.push(`${device} ${code}`),
    onLost: (device) => trouble.push(`${device} lost`),
  })
  return { media, local, trouble }
}

const take = ({ asked }: FakeMedia, device: 'microphone' | 'camera') => {
  const request = asked.find((one) => one.device === device)
  if (request === undefined) throw new Error(`nobody asked for a ${device}`)
  return request
}

describe('opening', () => {
  it('asks for the chosen microphone alone in a voice call', async () => {
    const { media, local } = open()
    local.open('audio', { muted: false })
    expect(media.asked.map(({ device, constraints }) => [device, constraints])).toEqual([
      ['microphone', VOICE],
    ])
    const track = take(media, 'microphone').grant()
    await told()
    expect(local.microphone.value).toBe(track)
    expect(track.enabled).toBe(true)
    expect(local.camera.value).toBeNull()
  })

  it('hands on each track when it is there: voice does not wait for the picture', async () => {
    const { media, local } = open()
    local.open('video', { muted: false })
    take(media, 'microphone').grant()
    await told()
    expect(local.microphone.value).not.toBeNull()
    expect(local.camera.value).toBeNull()
    take(media, 'camera').grant()
    await told()
    expect(local.camera.value).not.toBeNull()
  })

  it('answered muted opens a microphone that says nothing', async () => {
    const { media, local } = open()
    local.open('audio', { muted: true })
    const track = take(media, 'microphone').grant()
    await told()
    expect(track.enabled).toBe(false)
    local.setMicrophoneEnabled(true)
    expect(track.enabled).toBe(true)
  })

  it('muted while it still opens says nothing when it is there', async () => {
    const { media, local } = open()
    local.open('audio', { muted: false })
    local.setMicrophoneEnabled(false)
    const track = take(media, 'microphone').grant()
    await told()
    expect(track.enabled).toBe(false)
  })

  it('[CA8] a second time keeps what is open and asks only for what is missing', async () => {
    const { media, local } = open()
    local.open('audio', { muted: false })
    const track = take(media, 'microphone').grant()
    await told()
    local.open('video', { muted: false })
    expect(media.asked.map(({ device }) => device)).toEqual(['camera'])
    expect(local.microphone.value).toBe(track)
  })

  it('[CA8] a second time does not ask again for what is still opening', () => {
    const { media, local } = open()
    local.open('video', { muted: false })
    local.open('video', { muted: false })
    expect(media.asked).toHaveLength(2)
  })

  it('twice, the last request wins and the first track is stopped, in either order', async () => {
    for (const order of [
      [0, 1],
      [1, 0],
    ]) {
      const { media, local } = open()
      local.openCamera()
      local.openCamera()
      const requests = [...media.asked]
      for (const index of order) requests[index]?.grant()
      await told()
      const [winner] = media.live
      expect(media.live).toHaveLength(1)
      expect(local.camera.value).toBe(winner)
      expect(winner).toBe(media.tracks[order.indexOf(1)])
    }
  })
})

describe('release', () => {
  it('stops what is open', async () => {
    const { media, local } = open()
    local.open('video', { muted: false })
    for (const request of [...media.asked]) request.grant()
    await told()
    local.release()
    expect(media.live).toEqual([])
    expect([local.microphone.value, local.camera.value]).toEqual([null, null])
  })

  it('during the permission prompt stops the track that comes late', async () => {
    const { media, local, trouble } = open()
    local.open('video', { muted: false })
    local.release()
    const late = [...media.asked].map((request) => request.grant())
    await told()
    expect(late.map(({ readyState }) => readyState)).toEqual(['ended', 'ended'])
    expect([local.microphone.value, local.camera.value]).toEqual([null, null])
    expect(trouble).toEqual([])
  })

  it('during the permission prompt says nothing of a refusal that comes late', async () => {
    const { media, local, trouble } = open()
    local.open('audio', { muted: false })
    local.release()
    take(media, 'microphone').refuse(new AppError('media/permission-denied'))
    await told()
    expect(trouble).toEqual([])
  })

  it('and a new call: the late track of the old one is not the new one’s', async () => {
    const { media, local } = open()
    local.open('audio', { muted: false })
    local.release()
    local.open('audio', { muted: false })
    const [old, fresh] = [...media.asked]
    const [late, track] = [old?.grant(), fresh?.grant()]
    await told()
    expect(late?.readyState).toBe('ended')
    expect(local.microphone.value).toBe(track)
  })
})

describe('the camera', () => {
  it('off is off: its track is stopped, and on opens another one', async () => {
    const { media, local } = open()
    local.openCamera()
    const first = take(media, 'camera').grant()
    await told()
    local.closeCamera()
    expect(first.readyState).toBe('ended')
    expect(local.camera.value).toBeNull()
    local.openCamera()
    const second = take(media, 'camera').grant()
    await told()
    expect(local.camera.value).toBe(second)
  })

  it('turned around stays on until the other one is there', async () => {
    const { media, local } = open()
    local.openCamera()
    const front = take(media, 'camera').grant()
    await told()
    local.flipCamera()
    expect(front.readyState).toBe('live')
    expect(take(media, 'camera').constraints).toEqual({ deviceId: null, facing: 'environment' })
    const back = take(media, 'camera').grant()
    await told()
    expect(front.readyState).toBe('ended')
    expect(local.camera.value).toBe(back)
  })

  it('begins every call with the face of the user', async () => {
    const { media, local } = open()
    local.flipCamera()
    local.release()
    local.openCamera()
    expect(media.asked.at(-1)?.constraints).toEqual({ deviceId: null, facing: 'user' })
    await told()
  })

  it('is told that faces move', async () => {
    const { media, local } = open()
    local.openCamera()
    const track = take(media, 'camera').grant()
    await told()
    expect(track.contentHint).toBe('motion')
  })
})

describe('trouble', () => {
  it.each(['media/permission-denied', 'media/not-found', 'media/in-use'] as const)(
    '%s is told of the device that it is about, and the other one goes on',
    async (code) => {
      const { media, local, trouble } = open()
      local.open('video', { muted: false })
      take(media, 'camera').refuse(new AppError(code))
      take(media, 'microphone').grant()
      await told()
      expect(trouble).toEqual([`camera ${code}`])
      expect(local.microphone.value).not.toBeNull()
    },
  )

  it('of a device that goes away by itself is told, and its place is empty', async () => {
    const { media, local, trouble } = open()
    local.openCamera()
    const track = take(media, 'camera').grant()
    await told()
    track.lose()
    expect(trouble).toEqual(['camera lost'])
    expect(local.camera.value).toBeNull()
  })

  it('of a device that went before it was handed over is told too', async () => {
    const { media, local, trouble } = open()
    local.openCamera()
    take(media, 'camera').grant().lose()
    await told()
    expect(trouble).toEqual(['camera lost'])
    expect(local.camera.value).toBeNull()
  })

  it('of a track that was stopped on purpose is none', async () => {
    const { media, local, trouble } = open()
    local.openCamera()
    const track = take(media, 'camera').grant()
    await told()
    local.closeCamera()
    track.lose()
    await told()
    expect(trouble).toEqual([])
  })

  it('with the new camera leaves the one before on', async () => {
    const { media, local, trouble } = open()
    local.openCamera()
    const front = take(media, 'camera').grant()
    await told()
    local.flipCamera()
    take(media, 'camera').refuse(new AppError('media/in-use'))
    await told()
    expect(trouble).toEqual(['camera media/in-use'])
    expect(local.camera.value).toBe(front)
    expect(front.readyState).toBe('live')
  })
})

import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { effectScope, nextTick } from 'vue'
import { AppError } from '#shared/errors.ts'
import type { CallLine } from '#client/calls/words/callWords.ts'
import { useControlsStore } from '#client/calls/session/controlsStore.ts'
import { useCallControls } from '#client/calls/media/useCallControls.ts'
import { createValueStorage } from '#client/platform/storage/createValueStorage.ts'
import { createFakeMedia } from '../../../support/media/fakeMedia.ts'

beforeEach(() => {
  setActivePinia(createPinia())
  window.localStorage.clear()
})

const told = async () => {
  for (let turn = 0; turn < 5; turn += 1) await nextTick()
}

function open({ isGenerous = true } = {}) {
  const media = createFakeMedia({ isGenerous })
  const scope = effectScope()
  const lines: string[] = []
  const say = ({ word, values }: CallLine): void => {
    lines.push([word, values?.['name']].join(' '))
  }
  const own = scope.run(() => useCallControls(media, createValueStorage(window), { say }))
  if (own === undefined) throw new Error('no scope')
  return { media, own, controls: useControlsStore(), scope, lines }
}

describe('a device that goes', () => {
  const LAPTOP = { id: 'laptop', label: '内置麦克风', kind: 'microphone' } as const
  const HEADSET = { id: 'headset', label: '耳机', kind: 'microphone' } as const
  const CAMERA = { id: 'camera', label: '内置摄像头', kind: 'camera' } as const

  /** A call on a chosen headset. */
  async function onHeadset(kind: 'audio' | 'video' = 'audio', options = { muted: false }) {
    const all = open()
    all.media.plug([LAPTOP, HEADSET, CAMERA])
    await told()
    all.own.chooseDevice('microphone', 'headset')
    all.own.open(kind, options)
    await told()
    expect(all.media.tracks[0]?.label).toBe('耳机')
    const pull = async () => {
      all.media.devices = [LAPTOP, CAMERA]
      all.media.tracks.findLast(({ label }) => label === '耳机')?.lose()
      all.media.plug([LAPTOP, CAMERA])
      await told()
    }
    return { ...all, pull }
  }

  it('is replaced by the system’s, which is localState, and the choice stays', async () => {
    const { media, own, controls, lines, pull } = await onHeadset()
    await pull()
    expect(media.live.map(({ label }) => label)).toEqual(['内置麦克风'])
    expect(own.local.microphone.value).toBe(media.live[0])
    expect([controls.microphone, controls.chosen.microphone]).toEqual(['on', 'headset'])
    expect(lines).toEqual(['microphoneGone 内置麦克风'])
    expect(controls.notices).toEqual([])
  })

  it('is used again when it is back, which is said', async () => {
    const { media, lines, pull } = await onHeadset()
    await pull()
    media.plug([LAPTOP, HEADSET, CAMERA])
    await told()
    expect(media.live.map(({ label }) => label)).toEqual(['耳机'])
    expect(lines.at(-1)).toBe('microphoneBack 耳机')
  })

  it('is replaced as silent as it was', async () => {
    const { media, controls, pull } = await onHeadset('audio', { muted: true })
    await pull()
    expect(media.live.map(({ enabled }) => enabled)).toEqual([false])
    expect(controls.microphone).toBe('off')
  })

  it('leaves the other one as it is', async () => {
    const { media, own, pull } = await onHeadset('video')
    const camera = own.local.camera.value
    await pull()
    expect(own.local.camera.value).toBe(camera)
    expect(media.live.map(({ kind }) => kind).sort()).toEqual(['audio', 'video'])
  })

  it('taken away by the user is not asked for again and again', async () => {
    const { media, controls } = await onHeadset()
    media.isGenerous = false
    media.tracks[0]?.lose()
    media.asked[0]?.refuse(new AppError('media/permission-denied'))
    await told()
    expect(controls.notices).toEqual([{ device: 'microphone', code: 'media/permission-denied' }])
    expect(media.asked).toEqual([])
    media.plug([LAPTOP, HEADSET, CAMERA, { id: 'new', label: '新', kind: 'microphone' }])
    await told()
    expect(media.asked).toEqual([])
  })

  it('[CA18] is replaced without a question, as nobody has pressed', async () => {
    const { media } = await onHeadset('video')
    media.isGenerous = false
    for (const track of media.live) track.lose()
    expect(media.asked.map(({ device, isQuiet }) => [device, isQuiet])).toEqual([
      ['microphone', true],
      ['camera', true],
    ])
  })

  it('[CA18] comes for the first time where it needs a question waits for a press', async () => {
    const { media, own, controls } = open({ isGenerous: false })
    own.open('audio', { muted: false })
    media.asked[0]?.refuse(new AppError('media/not-found'))
    await told()
    media.isQuestion = true
    media.plug([LAPTOP])
    await told()
    expect(media.asked).toEqual([])
    expect(controls.notices).toEqual([{ device: 'microphone', code: 'media/not-found' }])
    own.toggleMicrophone()
    expect(media.asked.map(({ isQuiet }) => isQuiet)).toEqual([false])
  })

  it('comes when the call is over stays closed', async () => {
    const { media, own } = open({ isGenerous: false })
    own.open('audio', { muted: false })
    media.asked[0]?.refuse(new AppError('media/not-found'))
    await told()
    own.release()
    media.plug([LAPTOP])
    await told()
    expect(media.asked).toEqual([])
  })

  it('with the one in its place is given up, until something else comes', async () => {
    const { media, controls, pull } = await onHeadset()
    await pull()
    media.devices = [CAMERA]
    media.live[0]?.lose()
    media.plug([CAMERA])
    await told()
    expect([controls.microphone, media.live.length]).toEqual(['unavailable', 0])
    media.plug([CAMERA, LAPTOP])
    await told()
    expect([controls.microphone, controls.notices]).toEqual(['on', []])
  })

  it('when the call is over is nobody’s any more', async () => {
    const { media, own, lines } = await onHeadset()
    media.isGenerous = false
    media.tracks[0]?.lose()
    own.release()
    media.asked[0]?.grant()
    await told()
    own.open('audio', { muted: false })
    media.asked[0]?.grant()
    await told()
    expect(lines).toEqual([])
  })

  it('a camera is replaced like a microphone, and stays off when it is switched off meanwhile', async () => {
    const { media, own, controls } = await onHeadset('video')
    media.isGenerous = false
    media.tracks.find(({ kind }) => kind === 'video')?.lose()
    own.toggleCamera()
    media.asked[0]?.grant()
    await told()
    expect(controls.camera).toBe('off')
    expect(media.live.map(({ kind }) => kind)).toEqual(['audio'])
  })

  it('a speaker that goes leaves the sound to the system, until it is back', async () => {
    const { media, own, lines } = await onHeadset()
    const speaker = { id: 'out', label: '音箱', kind: 'speaker' } as const
    const other = { id: 'tv', label: '电视', kind: 'speaker' } as const
    media.plug([LAPTOP, HEADSET, speaker, other])
    own.chooseDevice('speaker', 'out')
    await told()
    expect(own.speakerId()).toBe('out')
    media.plug([LAPTOP, HEADSET, other])
    await told()
    expect([own.speakerId(), lines.at(-1)]).toEqual([null, 'speakerGone 音箱'])
    media.plug([LAPTOP, HEADSET, speaker, other])
    await told()
    expect([own.speakerId(), lines.at(-1)]).toEqual(['out', 'speakerBack 音箱'])
  })

  it('a microphone that the system holds is told as long as it is held', async () => {
    const { media, own } = await onHeadset()
    expect(own.silenced.value).toEqual([])
    media.tracks[0]?.hold(true)
    expect(own.silenced.value).toEqual(['microphone'])
    media.tracks[0]?.hold(false)
    expect(own.silenced.value).toEqual([])
  })
})

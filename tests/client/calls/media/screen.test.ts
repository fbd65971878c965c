import { describe, expect, it } from 'vitest'
import { effectScope, shallowRef } from 'vue'
import { AppError } from '#shared/errors.ts'
import { useScreen } from '#client/calls/media/useScreen.ts'
import { useSentSound } from '#client/calls/media/useSentSound.ts'
import type { SoundMixer } from '#client/platform/media/SoundMixer.ts'
import { createFakeMedia } from '../../../support/media/fakeMedia.ts'
import { asTrack, FakeTrack } from '../../../support/peer/FakeTrack.ts'

/** Promises that were settled have told everyone. */
const told = async () => {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
}

function open() {
  const media = createFakeMedia()
  const trouble: string[] = []
  const screen = useScreen({ media, onFailure: ({ code }) => trouble.push(code) })
  const ask = () => {
    screen.start()
    const request = media.screensAsked.at(-1)
    if (request === undefined) throw new Error('nobody asked')
    return request
  }
  return { media, screen, trouble, ask }
}

describe('sharing a screen', () => {
  it('sends what was chosen, sharp, with its sound', async () => {
    const { screen, ask } = open()
    const { picture, sound } = ask().choose({ hasSound: true })
    await told()
    expect([screen.picture.value, screen.sound.value]).toEqual([picture, sound])
    expect(picture.contentHint).toBe('detail')
    expect(screen.isAsking.value).toBe(false)
  })

  it('asks once, however often the button is pressed', () => {
    const { media, screen, ask } = open()
    ask()
    screen.start()
    expect(media.screensAsked).toHaveLength(1)
    expect(screen.isAsking.value).toBe(true)
  })

  it('ends by the browser’s own button, with its sound', async () => {
    const { media, screen, ask } = open()
    const { picture } = ask().choose({ hasSound: true })
    await told()
    picture.lose()
    expect([screen.picture.value, screen.sound.value]).toEqual([null, null])
    expect(media.live).toEqual([])
  })

  it('goes on without its sound when only that ends', async () => {
    const { screen, ask } = open()
    const { picture, sound } = ask().choose({ hasSound: true })
    await told()
    sound?.lose()
    expect([screen.picture.value, screen.sound.value]).toEqual([picture, null])
  })

  it('stopped while the user still chooses, nothing stays open', async () => {
    const { media, screen, ask } = open()
    const request = ask()
    screen.stop()
    request.choose({ hasSound: true })
    await told()
    expect(screen.picture.value).toBeNull()
    expect(media.live).toEqual([])
  })

  it('a window that is gone before it is here is not shared', async () => {
    const { media, screen, ask } = open()
    const { picture } = ask().choose({ hasSound: true })
    picture.lose()
    await told()
    expect(screen.picture.value).toBeNull()
    expect(media.live).toEqual([])
  })

  it('is no trouble when the user changes their mind, and is when it fails', async () => {
    const { screen, trouble, ask } = open()
    ask().chooseNothing()
    await told()
    expect([trouble, screen.isAsking.value]).toEqual([[], false])
    ask().refuse(new AppError('media/permission-denied'))
    await told()
    expect([trouble, screen.isAsking.value]).toEqual([['media/permission-denied'], false])
  })
})

describe('the sound that goes out', () => {
  function mixing() {
    const mixes: { inputs: readonly MediaStreamTrack[]; track: MediaStreamTrack; isOn: boolean }[] =
      []
    const voice = shallowRef<MediaStreamTrack | null>(null)
    const shared = shallowRef<MediaStreamTrack | null>(null)
    const scope = effectScope()
    const mixer: SoundMixer = (inputs) => {
      const mix = { inputs, track: asTrack(new FakeTrack('audio')), isOn: true }
      mixes.push(mix)
      return { track: mix.track, stop: () => void (mix.isOn = false) }
    }
    const sent = scope.run(() => useSentSound(voice, shared, mixer))
    if (sent === undefined) throw new Error('no scope')
    return { mixes, voice, shared, sent, scope }
  }
  const sound = () => asTrack(new FakeTrack('audio'))

  it('is the microphone itself while nothing is shared', () => {
    const { mixes, voice, sent } = mixing()
    voice.value = sound()
    expect(sent.value).toBe(voice.value)
    expect(mixes).toEqual([])
  })

  it('is both in one while something with sound is shared, and the microphone after it', () => {
    const { mixes, voice, shared, sent } = mixing()
    voice.value = sound()
    shared.value = sound()
    expect(mixes[0]?.inputs).toEqual([voice.value, shared.value])
    expect(sent.value).toBe(mixes[0]?.track)
    shared.value = null
    expect(sent.value).toBe(voice.value)
    expect(mixes.map(({ isOn }) => isOn)).toEqual([false])
  })

  it('is the shared one alone where there is no microphone, and takes one in that comes', () => {
    const { mixes, voice, shared, sent } = mixing()
    shared.value = sound()
    expect(mixes[0]?.inputs).toEqual([shared.value])
    voice.value = sound()
    expect(mixes[1]?.inputs).toEqual([voice.value, shared.value])
    expect(sent.value).toBe(mixes[1]?.track)
    expect(mixes.map(({ isOn }) => isOn)).toEqual([false, true])
  })

  it('leaves no mix behind', () => {
    const { mixes, shared, scope } = mixing()
    shared.value = sound()
    scope.stop()
    expect(mixes.map(({ isOn }) => isOn)).toEqual([false])
  })
})

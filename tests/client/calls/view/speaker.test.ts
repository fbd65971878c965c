import { effectScope, nextTick, ref, shallowRef } from 'vue'
import { expect, it, onTestFinished, vi } from 'vitest'
import { useRemoteSound } from '#client/calls/view/useRemoteSound.ts'
import { AppError } from '#shared/errors.ts'
import { createFakeSound } from '../../../support/client/fakeSound.ts'
import { createFakeMedia } from '../../../support/media/fakeMedia.ts'

function listenOn(speaker: string | null, { canChooseSpeaker = true } = {}) {
  const scope = effectScope()
  onTestFinished(() => {
    scope.stop()
  })
  const setSpeaker = vi.fn(() => Promise.resolve())
  const speakerId = ref(speaker)
  const audio = document.createElement('audio')
  scope.run(() => {
    const remote = useRemoteSound({
      media: { ...createFakeMedia(), setSpeaker, canChooseSpeaker },
      sound: createFakeSound(),
      stream: shallowRef(null),
      speakerId: () => speakerId.value,
    })
    remote.attachRemoteAudio(audio)
  })
  return { setSpeaker, speakerId, audio }
}

it('sounds on the chosen speaker, and on the system’s when the choice is given back', async () => {
  const { setSpeaker, speakerId, audio } = listenOn('s1')
  await nextTick()
  expect(setSpeaker).toHaveBeenLastCalledWith(audio, 's1')
  speakerId.value = null
  await nextTick()
  expect(setSpeaker).toHaveBeenLastCalledWith(audio, null)
})

it('leaves the speaker alone where the browser cannot choose one', async () => {
  const { setSpeaker } = listenOn('s1', { canChooseSpeaker: false })
  await nextTick()
  expect(setSpeaker).not.toHaveBeenCalled()
})

it('goes on where the chosen speaker is gone', async () => {
  const { setSpeaker, speakerId } = listenOn(null)
  await nextTick()
  setSpeaker.mockRejectedValue(new AppError('media/not-found'))
  speakerId.value = 'gone'
  await nextTick()
  expect(setSpeaker).toHaveBeenCalledTimes(2)
})

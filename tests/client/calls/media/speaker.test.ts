import { effectScope, nextTick, ref, shallowRef } from 'vue'
import { expect, it, onTestFinished, vi } from 'vitest'
import { useRemoteSound } from '#client/calls/media/useRemoteSound.ts'
import type { MediaAdapter } from '#client/platform/media/MediaAdapter.ts'
import { AppError } from '#shared/errors.ts'
import { createFakeSound } from '../../../support/client/fakeSound.ts'
import { createFakeMedia } from '../../../support/media/fakeMedia.ts'

function listenOn(
  speaker: string | null,
  {
    canChooseSpeaker = true,
    setSpeaker = vi.fn<MediaAdapter['setSpeaker']>(() => Promise.resolve()),
  } = {},
) {
  const scope = effectScope()
  onTestFinished(() => {
    scope.stop()
  })
  const speakerId = ref(speaker)
  const audio = document.createElement('audio')
  const failures: string[] = []
  scope.run(() => {
    const remote = useRemoteSound({
      media: { ...createFakeMedia(), setSpeaker, canChooseSpeaker },
      sound: createFakeSound(),
      stream: shallowRef(null),
      speakerId: () => speakerId.value,
      onSpeakerFailed({ code }, inUse) {
        failures.push(`${code}, still on ${inUse ?? 'the system’s'}`)
        speakerId.value = inUse
      },
    })
    remote.attachRemoteAudio(audio)
  })
  return { setSpeaker, speakerId, audio, failures }
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

it('says that the chosen speaker cannot be had, and goes back to the one that works', async () => {
  const { setSpeaker, speakerId, failures } = listenOn('s1')
  await settle()
  setSpeaker.mockRejectedValueOnce(new AppError('media/not-found'))
  speakerId.value = 'gone'
  await settle()
  expect(failures).toEqual(['media/not-found, still on s1'])
  expect(speakerId.value).toBe('s1')
})

it('goes on with the system’s own where the speaker of the last time is gone', async () => {
  const { setSpeaker, speakerId, failures } = listenOn('gone', {
    setSpeaker: vi
      .fn<MediaAdapter['setSpeaker']>()
      .mockRejectedValue(new AppError('media/not-found')),
  })
  await settle()
  expect(failures).toEqual(['media/not-found, still on the system’s'])
  expect(speakerId.value).toBeNull()
  expect(setSpeaker.mock.calls.map(([, id]) => id)).toEqual(['gone', null])
})

it('is not told of a speaker that was let go before it failed', async () => {
  const failing = Promise.withResolvers<undefined>()
  const { setSpeaker, speakerId, failures } = listenOn('s1')
  await settle()
  setSpeaker.mockReturnValueOnce(failing.promise)
  speakerId.value = 'slow'
  await settle()
  speakerId.value = 's2'
  await settle()
  failing.reject(new AppError('media/other'))
  await settle()
  expect(failures).toEqual([])
  expect(speakerId.value).toBe('s2')
})

/** What waits for promises and for the watchers that they wake. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) await nextTick()
}

import { describe, expect, it } from 'vitest'
import { createScreenInput } from '#client/platform/media/createScreenInput.ts'
import { asTrack, fakeStreamOf, FakeTrack } from '../../../support/peer/FakeTrack.ts'

const devicesThat = (getDisplayMedia: () => Promise<MediaStream>): MediaDevices =>
  ({ getDisplayMedia }) as unknown as MediaDevices
const refusing = (name: string, message = 'Permission denied') =>
  devicesThat(() => Promise.reject(Object.assign(new Error(message), { name })))

describe('the screen', () => {
  it('is its picture, and its sound where there is one', async () => {
    const [picture, sound] = [asTrack(new FakeTrack('video')), asTrack(new FakeTrack('audio'))]
    const silent = createScreenInput(devicesThat(() => Promise.resolve(fakeStreamOf(picture))))
    expect(await silent.openScreen()).toEqual({ picture, sound: null })
    const loud = createScreenInput(devicesThat(() => Promise.resolve(fakeStreamOf(picture, sound))))
    expect(await loud.openScreen()).toEqual({ picture, sound })
  })

  it('can’t be shared where the browser can’t, as on most phones', () => {
    expect(createScreenInput(undefined).canShareScreen).toBe(false)
    expect(createScreenInput({} as MediaDevices).canShareScreen).toBe(false)
  })

  it('is nothing when the user chooses nothing', async () => {
    expect(await createScreenInput(refusing('NotAllowedError')).openScreen()).toBeNull()
  })

  it.each([
    ['NotAllowedError', 'Permission denied by system', 'media/permission-denied'],
    ['NotReadableError', 'Could not start', 'media/in-use'],
  ])('fails with %s (%s) as %s', async (name, message, code) => {
    await expect(createScreenInput(refusing(name, message)).openScreen()).rejects.toMatchObject({
      code,
    })
  })
})

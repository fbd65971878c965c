import type { MediaAdapter, MediaDevice } from './MediaAdapter.ts'
import { createInputs } from './createInputs.ts'
import { createScreenInput } from './createScreenInput.ts'
import { mediaFailure } from './mediaFailure.ts'

const KINDS: Readonly<Record<MediaDeviceKind, MediaDevice['kind']>> = {
  audioinput: 'microphone',
  videoinput: 'camera',
  audiooutput: 'speaker',
}

/** Without a permission there is no id; and Chromium lists the system's choice as a device, too. */
const isChoice = ({ deviceId }: MediaDeviceInfo): boolean =>
  deviceId !== '' && deviceId !== 'default'

/** `MediaAdapter` over the browser. */
export function createMediaAdapter({ navigator }: Window): MediaAdapter {
  // Missing on an origin that is neither https nor localhost, whatever the types say.
  const devices = navigator.mediaDevices as MediaDevices | undefined

  return {
    ...createInputs(navigator, devices),
    ...createScreenInput(devices),
    async listDevices() {
      const listed = (await devices?.enumerateDevices()) ?? []
      return listed
        .filter(isChoice)
        .map(({ deviceId, label, kind }) => ({ id: deviceId, label, kind: KINDS[kind] }))
    },
    onDevicesChanged(handler) {
      devices?.addEventListener('devicechange', handler)
      return () => devices?.removeEventListener('devicechange', handler)
    },
    streamOf: (track) => new MediaStream([track]),
    canChooseSpeaker: 'setSinkId' in HTMLMediaElement.prototype,
    async setSpeaker(element, deviceId) {
      try {
        await element.setSinkId(deviceId ?? '')
      } catch (cause) {
        throw mediaFailure(cause)
      }
    },
  }
}

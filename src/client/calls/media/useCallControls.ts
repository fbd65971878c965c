import { computed, shallowRef, watch, type ShallowRef } from 'vue'
import type { MediaAdapter } from '#client/platform/media/MediaAdapter.ts'
import type { ValueStorage } from '#client/platform/storage/ValueStorage.ts'
import type { UseLocalMediaReturn } from './useLocalMedia.ts'
import { useControlsStore } from '../session/controlsStore.ts'
import type { CallView } from '../view/useCall.ts'
import { readChosenDevices, writeChosenDevices } from './chosenDevices.ts'
import { useControlledMedia } from './useControlledMedia.ts'
import { useDeviceLists } from './useDeviceLists.ts'
import { useDeviceReturns } from './useDeviceReturns.ts'
import type { UseLinesReturn } from '../words/useLines.ts'
import { useSilenced } from './useSilenced.ts'
import { useWaits } from './useWaits.ts'

type ControlActions = Pick<
  CallView,
  'toggleMicrophone' | 'toggleCamera' | 'flipCamera' | 'chooseDevice'
>

export interface UseCallControlsReturn
  extends
    ControlActions,
    Pick<CallView, 'canFlip' | 'devices' | 'cameraBusy' | 'silenced' | 'waits'> {
  local: UseLocalMediaReturn
  /** Open the devices that a call of this kind needs. */
  open: (kind: 'audio' | 'video', options: { muted: boolean }) => void
  release(): void
  /** The speaker to use: the chosen one while it is connected. */
  speakerId: () => string | null
}

/** The user's controls for microphone, camera and devices, and their state. */
export function useCallControls(
  media: MediaAdapter,
  storage: ValueStorage,
  { say }: Pick<UseLinesReturn, 'say'>,
): UseCallControlsReturn {
  const controls = useControlsStore()
  const cameraBusy = shallowRef(false)
  for (const [kind, id] of readChosenDevices(storage)) controls.choose(kind, id)
  const { devices, canFlip, refresh } = useDeviceLists(media)
  const local = useControlledMedia({ media, cameraBusy, say })
  const waits = useWaits(local, media)
  const { speakerId } = useDeviceReturns({ devices, local, media, say })
  watch([local.microphone, local.camera], () => {
    refresh()
  })

  return {
    local,
    // While the browser asks, the user may change their mind.
    cameraBusy: computed(() => cameraBusy.value && waits.value.camera === null),
    waits,
    devices,
    canFlip,
    speakerId,
    silenced: useSilenced(local),
    open(kind, { muted }) {
      controls.microphone = muted ? 'off' : 'on'
      controls.camera = kind === 'video' ? 'on' : 'off'
      local.open(kind, { muted })
    },
    release() {
      cameraBusy.value = false
      local.release()
      // A device that comes back now is of no use: the call is over.
      for (const device of ['microphone', 'camera'] as const) {
        if (controls[device] === 'unavailable') controls[device] = 'off'
      }
    },
    ...useControlActions({ local, storage, cameraBusy }),
  }
}

function useControlActions({
  local,
  storage,
  cameraBusy,
}: {
  local: UseLocalMediaReturn
  storage: ValueStorage
  cameraBusy: ShallowRef<boolean>
}): ControlActions {
  const controls = useControlsStore()

  function openCamera(): void {
    cameraBusy.value = true
    local.openCamera()
  }

  return {
    toggleMicrophone() {
      const turnOn = controls.microphone !== 'on'
      controls.microphone = turnOn ? 'on' : 'off'
      local.setMicrophoneEnabled(turnOn)
      // Refused or lost before: pressing is how the user tries again.
      const isComing = local.opening.microphone.value
      if (turnOn && local.microphone.value === null && !isComing) local.openMicrophone()
    },
    toggleCamera() {
      if (controls.camera === 'on') {
        controls.camera = 'off'
        cameraBusy.value = false
        local.closeCamera()
      } else {
        controls.camera = 'on'
        openCamera()
      }
    },
    flipCamera() {
      cameraBusy.value = true
      controls.choose('camera', null)
      local.flipCamera()
    },
    chooseDevice(kind, id) {
      controls.choose(kind, id)
      writeChosenDevices(storage, controls.chosen)
      if (kind === 'microphone' && local.microphone.value !== null) local.openMicrophone()
      if (kind === 'camera' && controls.camera === 'on') openCamera()
    },
  }
}

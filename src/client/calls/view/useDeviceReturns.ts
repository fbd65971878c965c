import { computed, watch, type Ref } from 'vue'
import type { UseLocalMediaReturn } from '../media/useLocalMedia.ts'
import { useControlsStore } from '../controlsStore.ts'
import type { DeviceChoice, DeviceKind } from '../useCall.ts'
import type { DeviceLists } from './useDeviceLists.ts'
import type { UseLinesReturn } from './useLines.ts'

export interface UseDeviceReturnsOptions {
  devices: Readonly<Ref<DeviceLists>>
  local: UseLocalMediaReturn
  say: UseLinesReturn['say']
}

/**
 * The chosen device and the one in use are two things: when the chosen one goes, another one is
 * used, and the choice stays; when it is back, it is used again (research 3.6).
 */
export function useDeviceReturns({ devices, local, say }: UseDeviceReturnsOptions): {
  speakerId: () => string | null
} {
  const controls = useControlsStore()

  function handleInput(kind: 'microphone' | 'camera', come: readonly DeviceChoice[]): void {
    const open = (): void => {
      if (kind === 'microphone') local.openMicrophone()
      else local.openCamera()
    }
    const chosen = come.find(({ id }) => id === controls.chosen[kind])
    const track = local[kind].value
    if (track === null) {
      // There was none at all; what has come now is better than nothing.
      if (come.length > 0 && isMissing(kind)) open()
    } else if (chosen !== undefined && track.getSettings().deviceId !== chosen.id) {
      open()
      say({ word: `${kind}Back`, values: { name: chosen.label } })
    }
  }

  const isMissing = (kind: DeviceKind): boolean =>
    kind !== 'speaker' &&
    controls[kind] === 'unavailable' &&
    controls.notices.some(({ device, code }) => device === kind && code === 'media/not-found')

  watch(devices, (now, before) => {
    for (const kind of ['microphone', 'camera'] as const)
      handleInput(kind, added(now, before, kind))
  })

  return useSpeakerReturns({ devices, local, say })
}

/** The speaker that was chosen, while it is there. */
function useSpeakerReturns({ devices, local, say }: UseDeviceReturnsOptions): {
  speakerId: () => string | null
} {
  const controls = useControlsStore()
  const isChosen = ({ id }: DeviceChoice): boolean => id === controls.chosen.speaker

  const speakerId = computed(() => {
    // Before a permission nothing is listed; then the choice is tried as it is.
    const { speaker: listed } = devices.value
    return listed.length === 0 || listed.some(isChosen) ? controls.chosen.speaker : null
  })
  watch(devices, (now, before) => {
    // Names come with the permission, and all at once: nothing has been put in.
    if (!local.isOpen() || before.speaker.length === 0) return
    const back = added(now, before, 'speaker').find(isChosen)
    const gone = added(before, now, 'speaker').find(isChosen)
    if (back !== undefined) say({ word: 'speakerBack', values: { name: back.label } })
    if (gone !== undefined) say({ word: 'speakerGone', values: { name: gone.label } })
  })

  return { speakerId: () => speakerId.value }
}

const added = (now: DeviceLists, before: DeviceLists, kind: DeviceKind): DeviceChoice[] =>
  now[kind].filter(({ id }) => !before[kind].some((one) => one.id === id))

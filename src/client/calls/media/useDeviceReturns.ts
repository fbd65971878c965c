import { computed, watch, type Ref } from 'vue'
import type { MediaAdapter } from '#client/platform/media/MediaAdapter.ts'
import type { UseLocalMediaReturn } from './useLocalMedia.ts'
import { useControlsStore } from '../session/controlsStore.ts'
import type { DeviceChoice, DeviceKind, InputKind } from '../words/callWords.ts'
import type { DeviceLists } from './useDeviceLists.ts'
import type { UseLinesReturn } from '../words/useLines.ts'

export interface UseDeviceReturnsOptions {
  devices: Readonly<Ref<DeviceLists>>
  local: UseLocalMediaReturn
  media: Pick<MediaAdapter, 'mustAsk'>
  say: UseLinesReturn['say']
}

/**
 * The chosen device and the one in use are two things, as in Mattermost: when the chosen one is pulled
 * out, another one is used and the choice stays; when it is back, it is used again [F26].
 */
export function useDeviceReturns({ devices, local, media, say }: UseDeviceReturnsOptions): {
  speakerId: () => string | null
} {
  const controls = useControlsStore()

  function handleInput(kind: InputKind, come: readonly DeviceChoice[]): void {
    const chosen = come.find(({ id }) => id === controls.chosen[kind])
    const track = local[kind].value
    if (track === null) {
      // There was no device at all; the new one is better than nothing.
      if (come.length > 0 && isMissing(kind)) void openUnlessAsked(kind)
    } else if (chosen !== undefined && track.getSettings().deviceId !== chosen.id) {
      open(kind)
      say({ word: `${kind}Back`, values: { name: chosen.label } })
    }
  }

  function open(kind: InputKind): void {
    if (kind === 'microphone') local.openMicrophone({ quietly: true })
    else local.openCamera({ quietly: true })
  }

  /** Nobody pressed anything: a device that needs a permission waits for a press, as the notice says [CA18]. */
  async function openUnlessAsked(kind: InputKind): Promise<void> {
    const mustAsk = await media.mustAsk(kind)
    if (!mustAsk && isMissing(kind) && !local.opening[kind].value) open(kind)
  }

  const isMissing = (kind: DeviceKind): boolean =>
    kind !== 'speaker' &&
    controls[kind] === 'unavailable' &&
    controls.notices.some(({ device, code }) => device === kind && code === 'media/not-found')

  watch(devices, (now, before) => {
    for (const kind of ['microphone', 'camera'] as const)
      handleInput(kind, added(now, before, kind))
  })

  return useSpeakerReturns({ devices, local, media, say })
}

/** The chosen speaker, while it is connected. */
function useSpeakerReturns({ devices, local, say }: UseDeviceReturnsOptions): {
  speakerId: () => string | null
} {
  const controls = useControlsStore()
  const isChosen = ({ id }: DeviceChoice): boolean => id === controls.chosen.speaker

  const speakerId = computed(() => {
    // Before a permission nothing is listed; then just try the chosen one.
    const { speaker: listed } = devices.value
    return listed.length === 0 || listed.some(isChosen) ? controls.chosen.speaker : null
  })
  watch(devices, (now, before) => {
    // Names appear all at once with the permission: nothing was plugged in.
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

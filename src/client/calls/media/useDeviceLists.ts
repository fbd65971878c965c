import { computed, onScopeDispose, shallowRef, type ComputedRef, type ShallowRef } from 'vue'
import type { MediaAdapter } from '#client/platform/media/MediaAdapter.ts'
import type { DeviceChoice, DeviceKind } from '../words/callWords.ts'

export type DeviceLists = Readonly<Record<DeviceKind, readonly DeviceChoice[]>>

export interface UseDeviceListsReturn {
  devices: Readonly<ShallowRef<DeviceLists>>
  /** There is another camera to switch to. */
  canFlip: ComputedRef<boolean>
  /** Labels appear with the permission, so the lists are read again with every new track. */
  refresh: () => void
}

/** The devices of this machine, by kind; read again when one comes or goes. */
export function useDeviceLists(media: MediaAdapter): UseDeviceListsReturn {
  const devices = shallowRef<DeviceLists>({ microphone: [], camera: [], speaker: [] })

  async function read(): Promise<void> {
    const listed = await media.listDevices()
    const ofKind = (kind: DeviceKind): DeviceChoice[] => listed.filter((one) => one.kind === kind)
    devices.value = {
      microphone: ofKind('microphone'),
      camera: ofKind('camera'),
      speaker: ofKind('speaker'),
    }
  }

  function refresh(): void {
    // The browser refuses to list devices: keep the last list.
    read().catch(() => undefined)
  }
  onScopeDispose(media.onDevicesChanged(refresh))

  return { devices, canFlip: computed(() => devices.value.camera.length > 1), refresh }
}

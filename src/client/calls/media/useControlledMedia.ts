import { watch, type ShallowRef } from 'vue'
import type { MediaAdapter, MicrophoneConstraints } from '#client/platform/media/MediaAdapter.ts'
import { useLocalMedia, type UseLocalMediaReturn } from './useLocalMedia.ts'
import { useControlsStore } from '../session/controlsStore.ts'
import { useProcessorsStore } from './processorsStore.ts'
import type { UseLinesReturn } from '../words/useLines.ts'

type Device = 'microphone' | 'camera'
const DEVICES = ['microphone', 'camera'] as const

export interface UseControlledMediaOptions {
  media: MediaAdapter
  cameraBusy: ShallowRef<boolean>
  say: UseLinesReturn['say']
}

/** Local media, with their state in the controls store. */
export function useControlledMedia({
  media,
  cameraBusy,
  say,
}: UseControlledMediaOptions): UseLocalMediaReturn {
  const controls = useControlsStore()
  /** Disconnected devices for which another one is being opened. */
  const replacing = new Set<Device>()
  /** Replacements of disconnected devices: when one of those goes as well, nothing is left. */
  const substitutes = new WeakSet<MediaStreamTrack>()
  const current: Partial<Record<Device, MediaStreamTrack>> = {}

  const local = useLocalMedia({
    media,
    microphoneConstraints: useMicrophoneConstraints(),
    cameraId: () => controls.chosen.camera,
    onFailure(device, { code }) {
      replacing.delete(device)
      if (device === 'camera') cameraBusy.value = false
      // The other camera could not be opened: the first one goes on, and must not look switched off.
      if (local[device].value === null) controls[device] = 'unavailable'
      controls.notice({ device, code })
    },
    onLost(device) {
      const lost = current[device]
      if (replacing.has(device) || (lost !== undefined && substitutes.has(lost))) {
        replacing.delete(device)
        controls[device] = 'unavailable'
        controls.notice({ device, code: 'media/not-found' })
        return
      }
      // Disconnected: another device takes over. If the permission was withdrawn, none does: nobody pressed
      // anything, so nobody is asked [CA18].
      replacing.add(device)
      if (device === 'microphone') local.openMicrophone({ quietly: true })
      else local.openCamera({ quietly: true })
    },
  })

  for (const device of DEVICES) {
    watch(
      local[device],
      (track) => {
        if (device === 'camera') cameraBusy.value = false
        if (track === null) return
        current[device] = track
        controls[device] = device === 'camera' || track.enabled ? 'on' : 'off'
        controls.dismiss(device)
        if (!replacing.delete(device)) return
        substitutes.add(track)
        say({ word: `${device}Gone`, values: { name: track.label } })
      },
      { flush: 'sync' },
    )
  }
  return {
    ...local,
    closeCamera() {
      replacing.delete('camera')
      local.closeCamera()
    },
    release() {
      replacing.clear()
      local.release()
    },
  }
}

/** The browser suppresses noise unless our processor does: never both, the voice would suffer. */
function useMicrophoneConstraints(): () => MicrophoneConstraints {
  const controls = useControlsStore()
  const processors = useProcessorsStore()
  return () => ({
    deviceId: controls.chosen.microphone,
    suppressesNoise: !processors.isOn('noise'),
  })
}

import { computed, type ComputedRef } from 'vue'
import type { CallView } from '../../view/useCall.ts'

export type PictureId = 'remoteScreen' | 'remoteCamera' | 'localScreen' | 'localCamera'

/** One picture of the call; without a stream it is the peer's face instead. */
export interface Picture {
  readonly id: PictureId
  readonly stream: MediaStream | null
}

export interface Pictures {
  /** What there is to show, the most important first. */
  readonly all: ComputedRef<readonly Picture[]>
  /** The peer's picture can be shown. */
  readonly remote: ComputedRef<boolean>
  /** There is a picture to show, mine or the peer's. */
  readonly any: ComputedRef<boolean>
}

/** Which pictures a call has just now: a voice call may gain one, a video call may lose both. */
export function usePictures(view: CallView): Pictures {
  const remoteScreen = computed(() => (view.peerScreenOn.value ? view.remoteScreen.value : null))
  const remoteCamera = computed(() =>
    view.peerCameraOn.value && !view.peerCameraPaused.value ? view.remoteVideo.value : null,
  )
  const remote = computed(() => remoteScreen.value !== null || remoteCamera.value !== null)

  const all = computed(() => {
    const found: readonly Picture[] = [
      { id: 'remoteScreen', stream: remoteScreen.value },
      { id: 'remoteCamera', stream: remoteCamera.value },
      { id: 'localScreen', stream: view.localScreen.value },
      { id: 'localCamera', stream: view.localVideo.value },
    ]
    // Without any picture of the peer its face stands in the middle.
    return found.filter(
      ({ id, stream }) => stream !== null || (id === 'remoteCamera' && remoteScreen.value === null),
    )
  })
  const any = computed(() => all.value.some(({ stream }) => stream !== null))
  return { all, remote, any }
}

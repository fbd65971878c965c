import { computed, type ComputedRef } from 'vue'
import type { CallView } from '../useCall.ts'

export interface Pictures {
  /** The peer's picture can be shown. */
  readonly remote: ComputedRef<boolean>
  /** There is a picture to show, mine or the peer's. */
  readonly any: ComputedRef<boolean>
}

/** Which pictures a call has just now: a voice call may gain one, a video call may lose both. */
export function usePictures(view: CallView): Pictures {
  const remote = computed(() => view.remoteVideo.value !== null && view.peerCameraOn.value)
  const any = computed(() => remote.value || view.localVideo.value !== null)
  return { remote, any }
}

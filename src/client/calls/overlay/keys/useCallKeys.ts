import { useEventListener } from '@vueuse/core'
import type { CallState } from '../../machine/state.ts'
import type { CallView } from '../../view/useCall.ts'
import { isTyping } from './isTyping.ts'

/** The keys are those of the buttons on screen: a voice call has a camera once it is answered. */
const hasMicrophone = (call: CallState | null): boolean =>
  call?.status === 'waiting' || call?.status === 'calling'
const hasCamera = (call: CallState | null): boolean =>
  call?.status === 'calling' || (call?.status === 'waiting' && call.kind === 'video')

const isPlain = (event: KeyboardEvent): boolean =>
  !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing && !event.repeat

/** M switches the microphone and V the camera, anywhere but where the user types. */
export function useCallKeys(view: CallView): void {
  const acts: Readonly<Record<string, () => void>> = {
    m: () => hasMicrophone(view.call.value) && view.toggleMicrophone(),
    v: () => hasCamera(view.call.value) && !view.cameraBusy.value && view.toggleCamera(),
  }

  useEventListener('keydown', (event) => {
    if (event.defaultPrevented || !isPlain(event) || isTyping(event.target)) return
    acts[event.key.toLowerCase()]?.()
  })
}

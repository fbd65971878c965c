import { defineAsyncComponent } from 'vue'
import { useCall, type CallView } from './useCall.ts'

export { keepCalls } from './blackBox/keepCalls.ts'
export { talkTime } from './talkTime.ts'
export { useTestRing } from './useTestRing.ts'
export { provideCall } from './view/useCallView.ts'

/** The overlay, above the router. Its code comes after the first page and before it can ring. */
export const CallLayer = defineAsyncComponent(async () => {
  const { default: component } = await import('./overlay/CallLayer.vue')
  return component
})

/** For whoever offers a call button. */
export function useDial(): Pick<CallView, 'dial'> {
  const call = useCall()
  return {
    dial(peer, kind) {
      call.dial(peer, kind)
    },
  }
}

import { defineAsyncComponent } from 'vue'
import { useText } from '#client/i18n/index.ts'
import { useToastStore } from '#client/layout/index.ts'
import { useCall, type CallView } from './view/useCall.ts'

export { keepCalls } from './blackBox/keepCalls.ts'
export { useLeaving } from './session/useLeaving.ts'
export { talkTime } from './words/talkTime.ts'
export { useTestRing } from './ringing/useTestRing.ts'
export { provideCall } from './assembly/useCallView.ts'

/** The overlay, above the router. Its code comes after the first page and before it can ring. */
export const CallLayer = defineAsyncComponent(async () => {
  const { default: component } = await import('./overlay/CallLayer.vue')
  return component
})

/** For whoever offers a call button. In a call with somebody else nothing opens or ends by it. */
export function useDial(): Pick<CallView, 'dial'> {
  const view = useCall()
  const toast = useToastStore()
  const { t } = useText()
  return {
    dial(peer, kind) {
      const { value: call } = view.call
      const isOthers = call !== null && call.status !== 'closing' && call.peer.id !== peer.id
      if (isOthers) toast.show(t('calls.inCallWith', { nickname: call.peer.nickname }))
      else view.dial(peer, kind)
    },
  }
}

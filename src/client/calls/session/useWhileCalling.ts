import { onScopeDispose, watch, type Ref } from 'vue'
import type { Page } from '#client/platform/page/Page.ts'
import type { CallState } from '../machine/state.ts'

/** While a call is on the screen stays lit; who leaves the page in one of their own is asked first. */
export function useWhileCalling(
  call: Readonly<Ref<CallState | null>>,
  page: Pick<Page, 'keepAwake' | 'askBeforeLeaving'>,
): void {
  const isOn = (): boolean => call.value !== null && call.value.status !== 'closing'
  const isOwn = (): boolean => isOn() && call.value?.status !== 'coming'
  during(isOn, () => page.keepAwake())
  during(isOwn, () => page.askBeforeLeaving())
}

/** @param begin returns what ends it */
function during(isSo: () => boolean, begin: () => () => void): void {
  let end: () => void = () => undefined
  watch(
    isSo,
    (isNow) => {
      end()
      end = isNow ? begin() : () => undefined
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    end()
  })
}

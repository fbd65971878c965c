import { onScopeDispose, watch, type Ref } from 'vue'
import type { Page } from '#client/platform/page/Page.ts'
import type { CallState } from '../machine/state.ts'

/** Keeps the screen lit during a call, and asks before the page is closed in one. */
export function useWhileCalling(
  call: Readonly<Ref<CallState | null>>,
  page: Pick<Page, 'keepAwake' | 'askBeforeLeaving'>,
): void {
  const isOn = (): boolean => call.value !== null && call.value.status !== 'closing'
  const isOwn = (): boolean => isOn() && call.value?.status !== 'coming'
  during(isOn, () => page.keepAwake())
  during(isOwn, () => page.askBeforeLeaving())
}

/** @param begin returns the function that stops it */
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

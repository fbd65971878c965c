import { useIntervalFn } from '@vueuse/core'
import { watch, type Ref } from 'vue'
import { isolated } from '#client/i18n/index.ts'
import type { Alerts } from '#client/platform/alerts/Alerts.ts'
import type { Page } from '#client/platform/page/Page.ts'
import type { CallState } from '../machine/state.ts'

const FLASH_MS = 1_000

/** A call that comes to a tab behind others: its title flashes, and the system may say so. */
export function useCallAlerts(
  call: Readonly<Ref<CallState | null>>,
  { alerts, page }: { alerts: Alerts; page: Page },
  text: (call: CallState) => { title: string; body: string },
): void {
  let dismiss: () => void = () => undefined
  let title = ''
  let isLit = false
  const flashing = useIntervalFn(flash, FLASH_MS, { immediate: false })

  function flash(): void {
    isLit = !isLit
    page.flashTitle(isLit ? title : null)
  }

  watch(
    () => (call.value?.status === 'coming' ? call.value : null),
    (coming) => {
      dismiss()
      dismiss = () => undefined
      flashing.pause()
      isLit = false
      page.flashTitle(null)
      if (coming === null) return
      const { body, ...texts } = text(coming)
      title = `${isolated(texts.title)} · ${body}`
      flash()
      flashing.resume()
      if (!page.isVisible) {
        dismiss = alerts.notify({ ...texts, body, tag: coming.callId, onClick: () => undefined })
      }
    },
  )
}

import { createSharedComposable, useNow } from '@vueuse/core'
import { useText } from './useText.ts'
import { timeText, type TimeStyle } from './timeText.ts'

/** One clock for all rows: what they say changes at midnight, and a minute late is soon enough. */
const useMinute = createSharedComposable(() => useNow({ interval: 60_000 }))

/** `timeText` in the current language; what it says follows the clock. */
export function useTimeText(): (at: number, style: TimeStyle) => string {
  const { t, locale } = useText()
  const now = useMinute()
  return (at, style) =>
    timeText(at, style, {
      now: now.value.getTime(),
      locale: locale.value,
      yesterday: t('chat.yesterday'),
    })
}

import { useIntervalFn } from '@vueuse/core'
import { onScopeDispose, watch } from 'vue'
import type { StorageKey } from '#client/platform/storage/storageKeys.ts'
import { injectAdapter, PAGE, TAB_STORAGE } from '#client/platform/keys.ts'
import { useBlackBoxStore } from './blackBoxStore.ts'
import { CallReport, isWorthKeeping } from './callReport.ts'
import { useKeptCallsStore } from './keptCallsStore.ts'

/** A page that dies takes as much of the story along. */
const KEEP_EVERY_MS = 10_000

const REPORT_KEY: StorageKey = 'ahoy.call-report'

const isOfReloadedPage = ({ entries }: CallReport): boolean =>
  entries.some((entry) => entry.type === 'reloaded' && entry.side === 'mine')

/** Keep what the black box of this tab holds: now and then while the call goes on, and at its end. */
export function keepCalls(): void {
  const box = useBlackBoxStore()
  const kept = useKeptCallsStore()
  let written: CallReport | null = null
  let asked: string | null = null
  const tab = injectAdapter(TAB_STORAGE)

  async function save(): Promise<void> {
    const { report, peer } = box
    if (report === null || peer === null || report === written || !isWorthKeeping(report)) return
    written = report
    await kept.keep({ id: report.callId, peer, report })
  }

  /** At once: a database takes longer than a page that is left has. */
  function saveForReload(): void {
    if (box.report?.end === null) tab.write(REPORT_KEY, box.report)
  }

  /** What the page before this one had seen comes first; one that crashed had kept the most of it. */
  async function goOn(callId: string): Promise<void> {
    asked = callId
    const left = tab.read(REPORT_KEY, CallReport)
    tab.write(REPORT_KEY, null)
    const earlier = left?.callId === callId ? left : (await kept.find(callId))?.report
    if (earlier !== undefined) box.goOn(earlier)
  }

  watch(
    () => box.report,
    (report) => {
      if (report !== null && report.callId !== asked && isOfReloadedPage(report)) {
        void goOn(report.callId)
      }
    },
  )
  watch(
    () => box.report?.end,
    async (end) => {
      if (end === null || end === undefined) return
      await save()
      await kept.prune()
    },
  )
  const { pause, resume } = useIntervalFn(() => void save(), KEEP_EVERY_MS, { immediate: false })
  watch(
    () => box.report !== null && box.report.end === null,
    (isOn) => {
      if (isOn) resume()
      else pause()
    },
  )
  // A page that is left is hidden first, and may not come back.
  onScopeDispose(
    injectAdapter(PAGE).onVisibility((isVisible) => {
      if (isVisible) return
      saveForReload()
      void save()
    }),
  )
}

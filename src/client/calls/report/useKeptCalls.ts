import { computed, onMounted, type ComputedRef, type Ref } from 'vue'
import { storeToRefs } from 'pinia'
import { useBlackBoxStore } from '../blackBox/blackBoxStore.ts'
import { isWorthKeeping } from '../blackBox/callReport.ts'
import { useKeptCallsStore, type KeptCall } from '../blackBox/keptCallsStore.ts'

export interface UseKeptCallsReturn {
  /** Newest first; the one that goes on or has just ended is as this tab has it. */
  calls: ComputedRef<readonly KeptCall[]>
  /** False until it is known what is kept. */
  isLoaded: Readonly<Ref<boolean>>
}

/** The last calls, read when the page opens. */
export function useKeptCalls(): UseKeptCallsReturn {
  const kept = useKeptCallsStore()
  const box = useBlackBoxStore()
  onMounted(() => void kept.load())

  const own = computed((): readonly KeptCall[] => {
    const { report, peer } = box
    if (report === null || peer === null || !isWorthKeeping(report)) return []
    return [{ id: report.callId, peer, report }]
  })

  return {
    isLoaded: storeToRefs(kept).isLoaded,
    calls: computed(() => [
      ...own.value,
      ...kept.calls.filter(({ id }) => id !== own.value[0]?.id),
    ]),
  }
}

import { ref, type Ref } from 'vue'
import { DELETE_MAX_MESSAGES } from '#shared/limits.ts'

export interface Selection {
  /** The ids of the chosen messages; null: nothing is being chosen. */
  readonly selected: Readonly<Ref<ReadonlySet<string> | null>>
  readonly begin: (id: string) => void
  readonly toggle: (id: string) => void
  readonly end: () => void
}

/** Choosing several messages of a conversation. */
export function useSelection(): Selection {
  const selected = ref<ReadonlySet<string> | null>(null)
  return {
    selected,
    begin(id) {
      selected.value = new Set([id])
    },
    toggle(id) {
      const next = new Set(selected.value)
      if (!next.delete(id) && next.size < DELETE_MAX_MESSAGES) next.add(id)
      selected.value = next
    },
    end() {
      selected.value = null
    },
  }
}

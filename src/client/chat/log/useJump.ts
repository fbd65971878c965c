import type { VirtualizerHandle } from 'virtua/vue'
import { nextTick, ref, type Ref } from 'vue'

const FOUND_MS = 1_500

export interface JumpOptions {
  readonly list: Readonly<Ref<VirtualizerHandle | null>>
  /** Where the message of a seq stands among the entries; -1: it is not among them. */
  readonly indexOf: (seq: number) => number
  readonly loadAround: (seq: number) => Promise<void>
  readonly onJump: () => void
}

export interface Jump {
  /** Show the message of a seq, and load it first where that must be. */
  readonly jumpTo: (seq: number) => Promise<void>
  /** The seq that was jumped to, for a moment. */
  readonly found: Readonly<Ref<number | null>>
}

/** Show one message in the middle, and load it first where that must be. */
export function useJump({ list, indexOf, loadAround, onJump }: JumpOptions): Jump {
  const found = ref<number | null>(null)

  async function jumpTo(seq: number): Promise<void> {
    if (indexOf(seq) === -1) await loadAround(seq)
    await nextTick()
    const index = indexOf(seq)
    if (index === -1) return
    onJump()
    list.value?.scrollToIndex(index, { align: 'center' })
    found.value = seq
    setTimeout(() => {
      if (found.value === seq) found.value = null
    }, FOUND_MS)
  }

  return { found, jumpTo }
}

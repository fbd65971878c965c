import { nextTick, onMounted, ref, watch, type Ref } from 'vue'

export interface LogEnds {
  readonly first: number
  readonly last: number
  readonly own: string
  /** There is more after the last one. */
  readonly goesOn: boolean
}

export interface LogScrollOptions {
  readonly log: Readonly<Ref<HTMLElement | null>>
  /** The seq of the first and of the last message shown, and the last one that waits to be sent. */
  readonly ends: () => LogEnds
  readonly loadOlder: () => Promise<void>
}

/** So near to an end counts as being there, in CSS px. */
const NEAR = 80

export interface LogScroll {
  readonly handleScroll: () => void
  readonly isLoadingOlder: Readonly<Ref<boolean>>
  readonly fetchOlder: () => Promise<void>
  /** One reads further up: the newest messages are out of sight. */
  readonly isAway: Readonly<Ref<boolean>>
  /** How many have come meanwhile. */
  readonly missed: Readonly<Ref<number>>
  readonly toNewest: () => void
  /** Show the message of a seq, and load what is between first. */
  readonly jumpTo: (seq: number) => Promise<void>
}

/** The class of a message that was jumped to, for a moment. */
const FOUND = 'found'
const FOUND_MS = 1_500

/** Keep the newest message in sight while one is at the end; never move what one reads. */
export function useLogScroll({ log, ends, loadOlder }: LogScrollOptions): LogScroll {
  const isLoadingOlder = ref(false)
  const isAway = ref(false)
  const missed = ref(0)
  let isAtEnd = true

  function toEnd(): void {
    const { value: element } = log
    if (element !== null) element.scrollTop = element.scrollHeight
  }

  function handleScroll(): void {
    const { value: element } = log
    if (element === null) return
    const { scrollTop, clientHeight, scrollHeight } = element
    const below = scrollHeight - scrollTop - clientHeight
    isAtEnd = below < NEAR
    isAway.value = below > clientHeight / 2
    if (isAtEnd) missed.value = 0
    if (scrollTop < NEAR && scrollHeight > clientHeight) void fetchOlder()
  }

  async function fetchOlder(): Promise<void> {
    if (isLoadingOlder.value) return
    isLoadingOlder.value = true
    await loadOlder()
    isLoadingOlder.value = false
  }

  async function jumpTo(seq: number): Promise<void> {
    for (let first = Infinity; ends().first > seq && ends().first < first;) {
      first = ends().first
      await fetchOlder()
    }
    const found = log.value?.querySelector(`[data-seq="${String(seq)}"]`)
    if (!found) return
    isAtEnd = false
    found.scrollIntoView({ block: 'center' })
    found.classList.add(FOUND)
    setTimeout(() => {
      found.classList.remove(FOUND)
    }, FOUND_MS)
  }

  watch(ends, async (next, previous) => {
    const { value: element } = log
    if (element === null) return
    const fromBottom = element.scrollHeight - element.scrollTop
    const hasWritten = next.own !== '' && next.own !== previous.own
    await nextTick()
    if (next.first < previous.first && next.last === previous.last) {
      element.scrollTop = element.scrollHeight - fromBottom
    } else if (hasWritten || (isAtEnd && !previous.goesOn)) {
      toEnd()
    } else if (next.last > previous.last) {
      missed.value += next.last - previous.last
    }
  })
  onMounted(toEnd)

  return { handleScroll, isLoadingOlder, fetchOlder, jumpTo, isAway, missed, toNewest: toEnd }
}

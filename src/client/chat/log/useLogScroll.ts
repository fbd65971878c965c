import { nextTick, onMounted, ref, watch, type Ref } from 'vue'
import { useFetching, type Fetching } from './useFetching.ts'
import { useJump, type Jump, type JumpOptions } from './useJump.ts'
import { useSettling } from './useSettling.ts'

export interface LogEnds {
  /** How many entries there are. */
  readonly count: number
  /** The seq of the newest message of the conversation, shown or not. */
  readonly newest: number
  /** The last one that waits to be sent. */
  readonly own: string
}

export interface LogScrollOptions extends Omit<JumpOptions, 'onJump'> {
  readonly log: Readonly<Ref<HTMLElement | null>>
  readonly ends: () => LogEnds
  /** Null: there is nothing older. */
  readonly loadOlder: () => (() => Promise<void>) | null
  /** Null: it goes on to the newest. */
  readonly loadLater: () => (() => Promise<void>) | null
  readonly returnToNewest: () => Promise<void>
}

/** So near to an end counts as being there, in CSS px. */
const NEAR = 80
/** So near to an end the next page is asked for. */
const SOON = 600

export interface LogScroll extends Jump {
  readonly handleScroll: () => void
  /** Something was measured anew. */
  readonly handleResize: () => void
  /** The page before what is loaded. */
  readonly older: Fetching
  /** The oldest message that is loaded is in sight. */
  readonly isAtStart: Readonly<Ref<boolean>>
  /** One reads further up: the newest messages are out of sight. */
  readonly isAway: Readonly<Ref<boolean>>
  /** How many have come meanwhile. */
  readonly missed: Readonly<Ref<number>>
  readonly toNewest: () => Promise<void>
}

/** Keep the newest message in sight while one is at the end; never move what one reads [CH10]. */
export function useLogScroll(options: LogScrollOptions): LogScroll {
  const { log, list, ends } = options
  const isAtStart = ref(true)
  const isAway = ref(false)
  const missed = ref(0)
  const older = useFetching(options.loadOlder)
  const later = useFetching(options.loadLater)
  let isAtEnd = true
  const { isSettling, settle } = useSettling(log, handleScroll)
  const jump = useJump({
    ...options,
    onJump() {
      isAtEnd = false
    },
  })

  const goesOn = (): boolean => options.loadLater() !== null

  function toEnd(): void {
    isAtEnd = true
    settle()
    list.value?.scrollToIndex(ends().count - 1, { align: 'end' })
  }

  function handleScroll(): void {
    const { value: element } = log
    if (element === null) return
    const { scrollTop: above, clientHeight, scrollHeight } = element
    const below = scrollHeight - above - clientHeight
    isAtStart.value = above < NEAR
    if (below < NEAR) isAtEnd = !goesOn()
    else if (!isSettling.value) isAtEnd = false
    isAway.value = !isAtEnd && (goesOn() || below > clientHeight / 2)
    if (isAtEnd) missed.value = 0
    // What has no height is not on screen; what has all in sight goes on until it is full.
    if (clientHeight > 0 && !isSettling.value)
      void soonIn({ above, below }, { older, later })?.fetch()
  }

  async function toNewest(): Promise<void> {
    if (goesOn()) await options.returnToNewest()
    await nextTick()
    toEnd()
  }

  watch(ends, async (next, previous) => {
    const hasWritten = next.own !== '' && next.own !== previous.own
    await nextTick()
    if (hasWritten || (isAtEnd && !goesOn())) toEnd()
    else if (next.newest > previous.newest) missed.value += next.newest - previous.newest
  })
  onMounted(toEnd)

  return {
    ...jump,
    handleScroll,
    handleResize: () => {
      if (isAtEnd && !goesOn()) toEnd()
    },
    older,
    isAtStart,
    isAway,
    missed,
    toNewest,
  }
}

/** The page that will soon be in sight. */
function soonIn<T>(px: { above: number; below: number }, pages: { older: T; later: T }): T | null {
  if (px.above < SOON) return pages.older
  return px.below < SOON ? pages.later : null
}

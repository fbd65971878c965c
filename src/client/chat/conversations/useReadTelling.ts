import { useTimeoutFn } from '@vueuse/core'
import * as v from 'valibot'
import { AppError } from '#shared/errors.ts'
import { HTTP, injectAdapter, PAGE, SOCKET } from '#client/platform/keys.ts'

/** Where messages come quickly the server need not hear of each one that is read, in ms. */
const TELL_MS = 300

export interface ReadTelling {
  /** Everything up to a seq has been read: the server hears of it as soon as it can be reached. */
  readonly tell: (conversationId: string, seq: number) => void
  /** Forget what is not told: another user may come. */
  readonly forget: () => void
}

/** Tells the server what is read: at once, then no more often than it needs to know. */
export function useReadTelling(): ReadTelling {
  const http = injectAdapter(HTTP)
  const socket = injectAdapter(SOCKET)
  /** What the server is not known to have heard, by conversation. */
  const untold = new Map<string, number>()
  const underWay = new Set<string>()

  async function post(id: string, seq: number): Promise<void> {
    underWay.add(id)
    try {
      await http.post(`/api/conversations/${id}/read`, { seq }, v.unknown())
      if (untold.get(id) === seq) untold.delete(id)
    } catch (error) {
      // It is said again when the server can be reached.
      if (!(error instanceof AppError)) throw error
      return
    } finally {
      underWay.delete(id)
    }
    // More was read while this was on its way.
    if (untold.has(id)) tellSoon()
  }

  function tellAll(): void {
    for (const [id, seq] of untold) if (!underWay.has(id)) void post(id, seq)
  }

  // No throttle by the time of the device: set back an hour, it would tell nothing for an hour.
  let isOwed = false
  const pause = useTimeoutFn(
    () => {
      if (isOwed) tellSoon()
    },
    TELL_MS,
    { immediate: false },
  )
  function tellSoon(): void {
    isOwed = pause.isPending.value
    if (isOwed) return
    pause.start()
    tellAll()
  }

  socket.onStatus((status) => {
    if (status === 'online') tellAll()
  })
  // Who leaves may not come back.
  injectAdapter(PAGE).onVisibility((isVisible) => {
    if (!isVisible) tellAll()
  })

  return {
    tell(conversationId, seq) {
      untold.set(conversationId, seq)
      tellSoon()
    },
    forget() {
      untold.clear()
    },
  }
}

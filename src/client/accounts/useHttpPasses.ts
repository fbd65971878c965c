import { onScopeDispose, ref, watch, type Ref } from 'vue'
import { AppError } from '#shared/errors.ts'
import { AccountView } from '#shared/protocol/accounts.ts'
import { HTTP, injectAdapter } from '#client/platform/keys.ts'

/** A server that restarts lets requests in a little before sockets. */
const FIRST_MS = 3_000
const EVERY_MS = 10_000

/**
 * While there is no socket: whether the server answers over HTTP all the same. Then it is there, and
 * something on the way lets no WebSocket through.
 */
export function useHttpPasses(isTrouble: Readonly<Ref<boolean>>): Readonly<Ref<boolean>> {
  const http = injectAdapter(HTTP)
  const passes = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  /** Counts the times of trouble: an answer of an earlier one means nothing. */
  let times = 0

  async function look(): Promise<void> {
    const mine = times
    const hasPassed = await http.get('/api/session', AccountView).then(
      () => true,
      (error: unknown) => {
        if (!(error instanceof AppError)) throw error
        return false
      },
    )
    if (mine !== times) return
    passes.value = hasPassed
    timer = setTimeout(() => void look(), EVERY_MS)
  }

  watch(
    isTrouble,
    (is) => {
      times += 1
      clearTimeout(timer)
      passes.value = false
      if (is) timer = setTimeout(() => void look(), FIRST_MS)
    },
    { immediate: true, flush: 'sync' },
  )
  onScopeDispose(() => {
    times += 1
    clearTimeout(timer)
  })
  return passes
}

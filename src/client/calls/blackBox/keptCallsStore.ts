import { defineStore } from 'pinia'
import * as v from 'valibot'
import { ref, shallowRef, watch } from 'vue'
import { CallId, UserId } from '#shared/ids.ts'
import { useSessionStore } from '#client/accounts/index.ts'
import { useLocalStore } from '#client/feed/index.ts'
import { CallReport } from './callReport.ts'

/** A call as this browser keeps it for the account: its report, and beside it with whom it was. */
export const KeptCall = v.object({
  id: CallId,
  peer: v.object({ id: UserId, nickname: v.string() }),
  report: CallReport,
})
export type KeptCall = v.InferOutput<typeof KeptCall>

const NAME = 'calls'
/** A call of ten minutes and more is about 200 kB. */
const KEPT_MAX = 10

/** The last calls of who is signed in, newest first; deleted at log-out with everything else. */
export const useKeptCallsStore = defineStore('keptCalls', () => {
  const session = useSessionStore()
  const local = useLocalStore()
  const calls = shallowRef<readonly KeptCall[]>([])
  const isLoaded = ref(false)

  async function read(): Promise<readonly KeptCall[]> {
    const database = await local.database()
    const records = (await database?.readRecords(NAME).catch(() => [])) ?? []
    // What another version of the app wrote differently can't be shown.
    const fit = records.flatMap((record) => {
      const parsed = v.safeParse(KeptCall, record)
      return parsed.success ? [parsed.output] : []
    })
    return fit.toSorted((a, b) => b.report.beganAt - a.report.beganAt)
  }

  async function load(): Promise<void> {
    const accountId = session.account?.id
    const found = await read()
    if (session.account?.id !== accountId) return
    calls.value = found
    isLoaded.value = true
  }

  async function keep(call: KeptCall): Promise<void> {
    await local.keep((database) => database.putRecord(NAME, call))
  }

  /** Forget the oldest that are too many. */
  async function prune(): Promise<void> {
    for (const { id } of (await read()).slice(KEPT_MAX)) {
      await local.keep((database) => database.removeRecord(NAME, id))
    }
  }

  watch(
    () => session.account?.id,
    () => {
      calls.value = []
      isLoaded.value = false
    },
    { flush: 'sync' },
  )

  return {
    calls,
    isLoaded,
    load,
    keep,
    prune,
    /** A call that was kept; null when it was not. */
    find: async (id: string): Promise<KeptCall | null> =>
      (await read()).find((call) => call.id === id) ?? null,
  }
})

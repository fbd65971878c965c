import { defineStore } from 'pinia'
import * as v from 'valibot'
import { shallowRef, watch } from 'vue'
import { useSessionStore } from '#client/accounts/index.ts'
import { useLocalStore } from '#client/feed/index.ts'

const NAME = 'emoji'
const Used = v.object({ id: v.string(), usedAt: v.number() })
type Used = v.InferOutput<typeof Used>

/** So many are shown. */
const SHOWN = 24

/** The emoji that were used last, the latest first; this browser keeps them. */
export const useRecentEmojiStore = defineStore('recentEmoji', () => {
  const session = useSessionStore()
  const local = useLocalStore()
  const used = shallowRef<readonly Used[]>([])

  async function load(): Promise<void> {
    const accountId = session.account?.id
    const database = await local.database()
    const kept = v.safeParse(v.array(Used), await database?.readRecords(NAME).catch(() => []))
    if (session.account?.id !== accountId) return
    if (kept.success) used.value = latest([...used.value, ...kept.output])
  }

  const put = (record: Used): Promise<void> =>
    local.keep((database) => database.putRecord(NAME, record))

  function use(emoji: string): void {
    const record = { id: emoji, usedAt: Date.now() }
    used.value = latest([record, ...used.value])
    void put(record)
  }

  local.onRenewed(() => {
    for (const record of used.value) void put(record)
  })
  local.onLate(() => void load())

  watch(
    () => session.account?.id,
    (accountId) => {
      used.value = []
      if (accountId !== undefined) void load()
    },
    { immediate: true, flush: 'sync' },
  )

  return { used, use }
})

/** Each once. */
function latest(records: readonly Used[]): readonly Used[] {
  const newestFirst = records.toSorted((a, b) => b.usedAt - a.usedAt)
  const isFirst = ({ id }: Used, at: number): boolean =>
    newestFirst.findIndex((one) => one.id === id) === at
  return newestFirst.filter(isFirst).slice(0, SHOWN)
}

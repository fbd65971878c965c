import * as v from 'valibot'
import { defineStore } from 'pinia'
import { shallowReactive, watch } from 'vue'
import { useSessionStore } from '#client/accounts/index.ts'
import { useLocalStore } from '#client/feed/index.ts'

const NAME = 'recalled'
const Kept = v.array(v.object({ id: v.string(), text: v.string() }))

/** What was taken back here can be written anew: its text, by the id of the message. */
export const useRecalledStore = defineStore('recalled', () => {
  const session = useSessionStore()
  const local = useLocalStore()
  const texts = shallowReactive(new Map<string, string>())

  async function load(): Promise<void> {
    const accountId = session.account?.id
    const database = await local.database()
    const kept = v.safeParse(Kept, await database?.readRecords(NAME).catch(() => []))
    if (kept.success && session.account?.id === accountId)
      for (const { id, text } of kept.output) texts.set(id, text)
  }

  const put = (id: string, text: string): Promise<void> =>
    local.keep((database) => database.putRecord(NAME, { id, text }))

  function keep(id: string, text: string): void {
    texts.set(id, text)
    void put(id, text)
  }

  local.onRenewed(() => {
    for (const [id, text] of texts) void put(id, text)
  })
  local.onLate(() => void load())

  watch(
    () => session.account?.id,
    (accountId) => {
      texts.clear()
      if (accountId !== undefined) void load()
    },
    { immediate: true, flush: 'sync' },
  )

  return { texts, keep }
})

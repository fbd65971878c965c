import * as v from 'valibot'
import { onScopeDispose } from 'vue'
import { useLocalStore } from './localStore.ts'
import type { KeptRecord, RecordKind } from '#client/platform/database/AccountDatabase.ts'
import { injectAdapter, TABS } from '#client/platform/keys.ts'

export interface SharedRecordsOptions {
  /** Another tab has changed them, or they can be read only now. */
  readonly onChanged: () => void
  /** What was kept may be gone: what is there is to be kept again. */
  readonly onRenewed: () => void
}

export interface SharedRecords<T> {
  /** What is kept of who is signed in, as far as it fits. */
  readonly read: () => Promise<readonly T[]>
  /**
   * Keep a record in the place of others, in one step, and tell the other tabs.
   * @param record null: those go, and nothing comes
   * @returns whether it is kept
   */
  readonly replace: (ids: readonly string[], record: KeptRecord | null) => Promise<boolean>
}

/** Records of one kind that the tabs of this browser share. */
export function useSharedRecords<S extends v.GenericSchema>(
  kind: RecordKind,
  schema: S,
  { onChanged, onRenewed }: SharedRecordsOptions,
): SharedRecords<v.InferOutput<S>> {
  const local = useLocalStore()
  const tabs = injectAdapter(TABS)
  onScopeDispose(tabs.onTold(kind, onChanged))
  local.onRenewed(onRenewed)
  local.onLate(onChanged)
  return {
    async read() {
      const database = await local.database()
      const kept = (await database?.readRecords(kind).catch(() => [])) ?? []
      return kept.flatMap((one) => {
        const parsed = v.safeParse(schema, one)
        return parsed.success ? [parsed.output] : []
      })
    },
    async replace(ids, record) {
      let isKept = false
      await local.keep(async (database) => {
        await database.replaceRecords(kind, ids, record)
        isKept = true
      })
      tabs.tell(kind)
      return isKept
    },
  }
}

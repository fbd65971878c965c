import type * as v from 'valibot'
import type { StorageKey } from './storageKeys.ts'

/** Small values that outlive the page, shared by the tabs of one profile. */
export interface ValueStorage {
  /** The value, or null when there is none or it doesn't fit the schema. */
  read<S extends v.GenericSchema>(key: StorageKey, schema: S): v.InferOutput<S> | null
  /** Kept for the life of the page only where the browser refuses storage. */
  write(key: StorageKey, value: unknown): void
  /** Hear another tab's write; returns the function that stops it. */
  onChange(key: StorageKey, handler: () => void): () => void
}

import * as v from 'valibot'
import { watch } from 'vue'
import type { StorageKey } from '#client/platform/storage/storageKeys.ts'
import type { ValueStorage } from '#client/platform/storage/ValueStorage.ts'

const KEY: StorageKey = 'ahoy.start-bitrate'
/** kbit/s at which video starts the first time; Chromium's own 300 is a blur for the first seconds. */
const FIRST_KBPS = 2_000
/** Below it there is no picture worth the name, above it nothing is sharper. */
const LEAST_KBPS = 300
const MOST_KBPS = 4_000
const LOOK_MS = 5_000

const Kbps = v.pipe(v.number(), v.finite())

export interface UseStartBitrateOptions {
  storage: ValueStorage
  /** The picture goes out: without one the browser has nothing to estimate with. */
  isSending: () => boolean
  readOutgoingKbps: () => Promise<number | null>
}

/** Where video starts: at what the network carried at the end of the last call. */
export function useStartBitrate(options: UseStartBitrateOptions): () => number {
  const { storage } = options

  async function look(): Promise<void> {
    const kbps = await options.readOutgoingKbps()
    if (kbps !== null) storage.write(KEY, Math.round(clamp(kbps)))
  }

  watch(options.isSending, (isSending, _, onCleanup) => {
    if (!isSending) return
    const timer = setInterval(() => {
      // A connection that was closed meanwhile tells nothing any more.
      look().catch(() => undefined)
    }, LOOK_MS)
    onCleanup(() => {
      clearInterval(timer)
    })
  })

  return () => clamp(storage.read(KEY, Kbps) ?? FIRST_KBPS)
}

const clamp = (kbps: number): number => Math.min(MOST_KBPS, Math.max(LEAST_KBPS, kbps))

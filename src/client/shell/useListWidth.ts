import { clamp } from '@vueuse/core'
import * as v from 'valibot'
import { ref, type Ref } from 'vue'
import { injectAdapter, STORAGE } from '#client/platform/keys.ts'
import type { StorageKey } from '#client/platform/storage/storageKeys.ts'

const WIDTH_KEY: StorageKey = 'ahoy.list-width'

/** CSS px */
export const LIST_WIDTH = { least: 240, most: 420, initial: 300 } as const

const Width = v.pipe(v.number(), v.minValue(LIST_WIDTH.least), v.maxValue(LIST_WIDTH.most))

export interface UseListWidthReturn {
  /** CSS px */
  readonly width: Readonly<Ref<number>>
  /** As close to the requested width as the limits allow. */
  resize: (toPx: number) => void
  /** For the next visit, too. */
  keep: () => void
}

/** How wide the user of a large window wants the list to be. */
export function useListWidth(): UseListWidthReturn {
  const storage = injectAdapter(STORAGE)
  const width = ref<number>(storage.read(WIDTH_KEY, Width) ?? LIST_WIDTH.initial)

  return {
    width,
    resize(toPx) {
      width.value = clamp(Math.round(toPx), LIST_WIDTH.least, LIST_WIDTH.most)
    },
    keep() {
      storage.write(WIDTH_KEY, width.value)
    },
  }
}

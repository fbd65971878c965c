import * as v from 'valibot'
import type { ProcessorKind } from '#client/platform/media/processors/TrackProcessor.ts'
import type { StorageKey } from '#client/platform/storage/storageKeys.ts'
import type { ValueStorage } from '#client/platform/storage/ValueStorage.ts'

const PROCESSORS_KEY: StorageKey = 'ahoy.effects'
const ChosenProcessors = v.record(v.picklist(['noise', 'blur']), v.boolean())

/** The processors chosen in this browser, kept from call to call. */
export function readChosenProcessors(storage: ValueStorage): Record<ProcessorKind, boolean> {
  const chosen = storage.read(PROCESSORS_KEY, ChosenProcessors) ?? {}
  return { noise: chosen.noise ?? false, blur: chosen.blur ?? false }
}

export function writeChosenProcessors(
  storage: ValueStorage,
  chosen: Readonly<Record<ProcessorKind, boolean>>,
): void {
  storage.write(PROCESSORS_KEY, chosen)
}

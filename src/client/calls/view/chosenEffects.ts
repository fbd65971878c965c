import * as v from 'valibot'
import type { EffectKind } from '#client/platform/media/TrackEffect.ts'
import type { StorageKey } from '#client/platform/storage/storageKeys.ts'
import type { ValueStorage } from '#client/platform/storage/ValueStorage.ts'

const EFFECTS_KEY: StorageKey = 'ahoy.effects'
const ChosenEffects = v.record(v.picklist(['noise', 'blur']), v.boolean())

/** The effects that are wanted on this machine, kept from call to call. */
export function readChosenEffects(storage: ValueStorage): Record<EffectKind, boolean> {
  const chosen = storage.read(EFFECTS_KEY, ChosenEffects) ?? {}
  return { noise: chosen.noise ?? false, blur: chosen.blur ?? false }
}

export function writeChosenEffects(
  storage: ValueStorage,
  chosen: Readonly<Record<EffectKind, boolean>>,
): void {
  storage.write(EFFECTS_KEY, chosen)
}

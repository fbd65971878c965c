import * as v from 'valibot'
import type { StorageKey } from '#client/platform/storage/storageKeys.ts'
import type { ValueStorage } from '#client/platform/storage/ValueStorage.ts'
import type { DeviceKind } from '../words/callWords.ts'

const DEVICES_KEY: StorageKey = 'ahoy.media-devices'
const KINDS = ['microphone', 'camera', 'speaker'] as const
const ChosenDevices = v.record(v.picklist(KINDS), v.nullable(v.string()))

/** The devices chosen in this browser, kept from call to call. */
export function readChosenDevices(
  storage: ValueStorage,
): readonly (readonly [DeviceKind, string | null])[] {
  const chosen = storage.read(DEVICES_KEY, ChosenDevices) ?? {}
  return KINDS.map((kind) => [kind, chosen[kind] ?? null] as const)
}

export function writeChosenDevices(
  storage: ValueStorage,
  chosen: Readonly<Record<DeviceKind, string | null>>,
): void {
  storage.write(DEVICES_KEY, chosen)
}

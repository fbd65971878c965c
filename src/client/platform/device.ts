import { uuidv4 } from 'uuidv7'
import { DeviceId } from '#shared/ids.ts'
import { STORAGE_KEYS } from './storage/storageKeys.ts'
import type { ValueStorage } from './storage/ValueStorage.ts'

/** The id of this browser profile: made once, shared by its tabs, kept over a log-out. */
export function loadDeviceId(storage: ValueStorage): DeviceId {
  const known = storage.read(STORAGE_KEYS.device, DeviceId)
  if (known !== null) return known
  const minted = uuidv4()
  storage.write(STORAGE_KEYS.device, minted)
  return minted
}

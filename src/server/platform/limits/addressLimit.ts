import { addressKey } from './addressKey.ts'

/** So many connections that one address may have open at once. */
export interface AddressLimit {
  /** @returns what gives the place back, once; null: the address has all of them already */
  enter(ip: string): (() => void) | null
}

export interface AddressLimitOptions {
  readonly max: number
  /** An address has reached the limit; told once, until it has closed everything. */
  readonly onFull: (key: string) => void
}

interface Held {
  count: number
  isTold: boolean
}

export function createAddressLimit({ max, onFull }: AddressLimitOptions): AddressLimit {
  const byAddress = new Map<string, Held>()

  function leave(key: string, held: Held): void {
    held.count -= 1
    if (held.count === 0) byAddress.delete(key)
  }

  return {
    enter(ip) {
      const key = addressKey(ip)
      const held = byAddress.get(key) ?? { count: 0, isTold: false }
      if (held.count >= max) {
        if (!held.isTold) onFull(key)
        held.isTold = true
        return null
      }
      byAddress.set(key, held)
      held.count += 1
      let isHeld = true
      return () => {
        if (isHeld) leave(key, held)
        isHeld = false
      }
    },
  }
}

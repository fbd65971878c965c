import { shallowRef, type Component, type ShallowRef } from 'vue'
import { AppError } from '#shared/errors.ts'

/** What only somebody who is signed in needs; its code comes after that of the first page. */
export interface SignedInPart {
  /** The rooms at work, and the app around their pages; null until they are here. */
  readonly components: Readonly<ShallowRef<{ Rooms: Component; AppShell: Component } | null>>
  /** Fetch them, again after a failure. @throws AppError `connection/offline` */
  load(): Promise<void>
}

export function createSignedInPart(): SignedInPart {
  const components: ShallowRef<{ Rooms: Component; AppShell: Component } | null> = shallowRef(null)
  return {
    components,
    async load() {
      try {
        const [rooms, shell] = await Promise.all([
          import('./SignedInRooms.vue'),
          import('./shell/AppShell.vue'),
        ])
        components.value ??= { Rooms: rooms.default, AppShell: shell.default }
      } catch (cause) {
        throw new AppError('connection/offline', { cause })
      }
    },
  }
}

import { come, dial } from './entering.ts'
import type { Handlers } from './handlers.ts'
import { restore } from './restoring.ts'
import type { CallStatus } from './state.ts'
import { calling } from './whenCalling.ts'
import { closing } from './whenClosing.ts'
import { coming } from './whenComing.ts'
import { waiting } from './whenWaiting.ts'

/** Each status × event: the compiler asks for every cell. */
export type Table = { readonly [S in CallStatus]: Handlers<S> }

/** The events that start a call; without a call all others are late and mean nothing. */
export const beginnings = {
  'local/dialed': dial,
  'local/restored': restore,
  'server/coming': come,
} as const

export const table: Table = { waiting, coming, calling, closing }

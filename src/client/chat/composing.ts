import { TEXT_MAX_CHARS } from '#shared/limits.ts'

/** From here on the number of characters is shown. */
const COUNT_FROM = TEXT_MAX_CHARS - 200

/** What can be said of a text before it is sent. */
export interface Composed {
  /** There is something to see in it, and not too much. */
  readonly isSendable: boolean
  /** Characters that are still free, less than 0 when there are too many; null while nobody need care. */
  readonly free: number | null
}

/** Text that any server can hold: no half of a surrogate pair, no NUL. */
export const cleaned = (text: string): string => text.toWellFormed().replaceAll('\0', '')

export function composedOf(text: string): Composed {
  const free = TEXT_MAX_CHARS - text.length
  return {
    isSendable: text.trim() !== '' && free >= 0,
    free: text.length >= COUNT_FROM ? free : null,
  }
}

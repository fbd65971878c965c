import { TEXT_MAX_CHARS } from '#shared/limits.ts'
import { isUnseen, isVisible } from '#shared/visible.ts'
import { withoutBlankLines } from '#shared/text.ts'

/** From here on the number of characters is shown. */
const COUNT_FROM = TEXT_MAX_CHARS - 200

/** What can be said of a text before it is sent. */
export interface Composed {
  /** There is something to see in it, and not too much. */
  readonly isSendable: boolean
  /** Something is written, and nothing of it can be seen. */
  readonly isUnseen: boolean
  /** Characters that are still free, less than 0 when there are too many; null while nobody need care. */
  readonly free: number | null
}

/** A text as it is sent: no blank lines around it, and nothing that no server can hold. */
export const cleaned = (text: string): string =>
  withoutBlankLines(text.toWellFormed().replaceAll('\0', ''))

export function composedOf(text: string): Composed {
  const free = TEXT_MAX_CHARS - text.length
  return {
    isSendable: isVisible(text) && free >= 0,
    isUnseen: isUnseen(text),
    free: text.length >= COUNT_FROM ? free : null,
  }
}

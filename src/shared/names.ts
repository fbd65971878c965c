import { withoutUnseen } from './visible.ts'

/**
 * A name as it is kept and shown: composed, on one line, and without what can't be seen or turns what
 * stands beside it. So names that look the same are the same. Empty: there is nothing to see.
 */
export function plainName(typed: string): string {
  const seen = withoutUnseen(typed.replaceAll(/[\p{Z}\t-\r]+/gu, ' '))
  return seen.normalize('NFC').replaceAll(/ +/g, ' ').trim()
}

/** Stands for a name in which there is nothing to see: it is older than the rule. */
const NAMELESS = '?'

/** The name of a person as it is shown, however it was kept. */
export const shownName = (kept: string): string => plainName(kept) || NAMELESS

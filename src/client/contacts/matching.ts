import { folded, holdsFolded } from '#shared/folding.ts'
import { bareMobile } from '#shared/mobile.ts'
import type { ContactView } from '#shared/protocol/contacts.ts'

const squeeze = (text: string): string => folded(text).replaceAll(/[\s'’-]/g, '')

/** How a name may be typed: from any syllable to the end, or the first letters of all. */
function spellingsOf(pinyin: string): readonly string[] {
  const syllables = folded(pinyin).split(' ')
  const endings = syllables.map((_, from) => syllables.slice(from).join(''))
  const initials = syllables.map((syllable) => syllable.slice(0, 1)).join('')
  return [...endings, initials]
}

/** Whether it is the beginning of a spelling. @param pinyin syllables parted by spaces; empty: unknown */
export function isSpelling(pinyin: string, query: string): boolean {
  const wanted = squeeze(query)
  return wanted !== '' && spellingsOf(pinyin).some((spelling) => spelling.startsWith(wanted))
}

/** Marks are left out of a name, unless they are all that is looked for. */
function isCalled(nickname: string, query: string): boolean {
  const wanted = squeeze(query)
  return wanted === '' ? holdsFolded(nickname, query.trim()) : squeeze(nickname).includes(wanted)
}

function isNumber(mobile: string, query: string): boolean {
  const wanted = bareMobile(query)
  return wanted !== '' && mobile.includes(wanted)
}

/** Whether a contact is meant: by part of the name or number, or the beginning of a spelling. */
export const isMatch = ({ nickname, pinyin, mobile }: ContactView, query: string): boolean =>
  isCalled(nickname, query) || isNumber(mobile, query) || isSpelling(pinyin, query)

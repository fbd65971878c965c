import type { ContactView } from '#shared/protocol/contacts.ts'

const squeeze = (text: string): string => text.toLowerCase().replaceAll(/[\s'’-]/g, '')

/** How a name may be typed: from any syllable to the end, or the first letters of all. */
function spellingsOf(pinyin: string): readonly string[] {
  const syllables = pinyin.toLowerCase().split(' ')
  const endings = syllables.map((_, from) => syllables.slice(from).join(''))
  const initials = syllables.map((syllable) => syllable.slice(0, 1)).join('')
  return [...endings, initials]
}

/** Whether it is the beginning of a spelling. @param pinyin syllables parted by spaces; empty: unknown */
export function isSpelling(pinyin: string, query: string): boolean {
  const wanted = squeeze(query)
  return wanted !== '' && spellingsOf(pinyin).some((spelling) => spelling.startsWith(wanted))
}

/** Whether a contact is meant: by part of the name or number, or the beginning of a spelling. */
export function isMatch({ nickname, pinyin, mobile }: ContactView, query: string): boolean {
  const wanted = squeeze(query)
  if (squeeze(nickname).includes(wanted) || mobile.includes(wanted)) return true
  return isSpelling(pinyin, query)
}

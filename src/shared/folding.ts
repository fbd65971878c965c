/** Letters that are one, and are typed as others where a keyboard has none of them. */
const PLAIN: Readonly<Record<string, string>> = {
  ß: 'ss',
  ς: 'σ',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ł: 'l',
  ı: 'i',
}

/**
 * A text as it is compared in every search, here and on the server: no difference of case, width, accents,
 * of how a letter is composed, or by what can't be seen.
 */
export const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    // The accents of Latin, Greek and Cyrillic; marks of other scripts are vowels and sounds.
    .replaceAll(/[\u0300-\u036F\p{Default_Ignorable_Code_Point}]/gu, '')
    .replaceAll(/[ßςæœøđłı]/gu, (letter) => PLAIN[letter] ?? letter)
    .normalize('NFC')

/**
 * Whether a text contains another one, compared by their folded forms. Every text contains the empty one; none
 * contains one whose folded form is empty.
 */
export function holdsFolded(text: string, wanted: string): boolean {
  if (wanted.trim() === '') return true
  const compared = folded(wanted)
  return compared.trim() !== '' && folded(text).includes(compared)
}

import { pinyin } from 'pinyin-pro'

/** Toneless syllables in lower case, parted by spaces (`an ran`); what is not Chinese stays as it is. */
export function pinyinOf(name: string): string {
  const syllables = pinyin(name, {
    type: 'array',
    toneType: 'none',
    nonZh: 'consecutive',
    // A name begins with its surname, which may be read otherwise: 单 is shan, not dan.
    surname: 'head',
    // ü as people type it.
    v: true,
  })
  return syllables
    .map((syllable) => syllable.trim().toLowerCase())
    .filter((syllable) => syllable !== '')
    .join(' ')
}

export interface Emoji {
  readonly emoji: string
  /** What it is called, in the language of the screen. */
  readonly annotation: string
  readonly tags: readonly string[]
  /** 0 to 9, by Unicode. */
  readonly group: number
}

/** What stands for each group of Unicode's, in its order; the group of skin tones is none. */
export const GROUPS = [
  { group: 0, face: '😀', label: 'smileys' },
  { group: 1, face: '👋', label: 'people' },
  { group: 3, face: '🐶', label: 'nature' },
  { group: 4, face: '🍎', label: 'food' },
  { group: 5, face: '🚗', label: 'travel' },
  { group: 6, face: '⚽', label: 'activities' },
  { group: 7, face: '💡', label: 'objects' },
  { group: 8, face: '❤️', label: 'symbols' },
  { group: 9, face: '🏁', label: 'flags' },
] as const

/** All emoji with their names in a language. It is loaded when the first picker opens. */
export async function loadEmoji(locale: string): Promise<readonly Emoji[]> {
  const data =
    locale === 'zh-CN'
      ? await import('emoji-picker-element-data/zh/cldr/data.json')
      : await import('emoji-picker-element-data/en/cldr/data.json')
  return data.default
}

/** Those that are called so, the ones whose name begins with it first. */
export function emojiCalled(all: readonly Emoji[], query: string): readonly Emoji[] {
  const wanted = query.trim().toLocaleLowerCase()
  const isIn = (name: string): boolean => name.toLocaleLowerCase().includes(wanted)
  const rank = ({ annotation }: Emoji): number =>
    annotation.toLocaleLowerCase().startsWith(wanted) ? 0 : 1
  return all
    .filter(({ annotation, tags }) => isIn(annotation) || tags.some(isIn))
    .toSorted((a, b) => rank(a) - rank(b))
}

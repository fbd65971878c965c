const HUES = 8

/** Which of the eight avatar colours an id has: always the same one, FNV-1a over its characters. */
export function hueOf(id: string): number {
  let hash = 0x811c9dc5
  for (const character of id) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  }
  return ((hash >>> 0) % HUES) + 1
}

/** The last character of a name, as a reader counts characters. */
export function letterOf(nickname: string): string {
  const characters = [...new Intl.Segmenter().segment(nickname.trim())]
  return characters.at(-1)?.segment.toUpperCase() ?? '?'
}

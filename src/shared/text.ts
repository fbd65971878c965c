const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/**
 * Where the character begins, as a reader counts them, that stands at an index: an emoji may be made of
 * many code units.
 */
function characterStart(text: string, index: number): number {
  return graphemes.segment(text).containing(index)?.index ?? text.length
}

/** A text of at most so many code units, with an ellipsis where it was longer; no character is cut. */
export function shortened(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text
  return `${text.slice(0, characterStart(text, maxChars))}…`
}

/** Without blank lines around it. The blanks of its first line stay: they may be the indent of code. */
export const withoutBlankLines = (text: string): string => text.replace(/^(?:\s*\n)?/, '').trimEnd()

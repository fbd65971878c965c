/** Letters that are written from the right, and marks that turn a line. */
const TURNS =
  /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}\p{Bidi_Control}]/u
/** Embeddings and overrides: nobody needs them where there are isolates. */
const OVERRIDES = /[\u202A-\u202E]/g
const ISOLATES = /[\u2066-\u2069]/g
const FIRST_STRONG_ISOLATE = '\u2068'
const POP_ISOLATE = '\u2069'

/**
 * A part of a line, so that it turns nothing of what stands beside it, as `<bdi>` does it in a page. Most parts
 * can't, and stay as they are.
 */
export function isolated(part: string): string {
  if (!TURNS.test(part)) return part
  const quiet = part.replaceAll(OVERRIDES, '')
  const whole = isClosed(quiet) ? quiet : quiet.replaceAll(ISOLATES, '')
  return `${FIRST_STRONG_ISOLATE}${whole}${POP_ISOLATE}`
}

/** Each isolate in it ends in it. */
function isClosed(part: string): boolean {
  let depth = 0
  for (const [mark] of part.matchAll(ISOLATES)) {
    depth += mark === POP_ISOLATE ? -1 : 1
    if (depth < 0) return false
  }
  return depth === 0
}

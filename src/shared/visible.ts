/** What shows nothing: controls, formats, fillers, and the blanks of braille, of an object and of a note. */
const UNSEEN = String.raw`\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800\uFFFC\u{1D159}`

const SEEN = new RegExp(`[^${UNSEEN}\\p{Z}]`, 'u')
const EMOJI_OR_UNSEEN = new RegExp(`(\\p{RGI_Emoji})|[${UNSEEN}]`, 'gv')

/** Whether there is something to see in a text. */
export const isVisible = (text: string): boolean => SEEN.test(text)

/** Whether something is written and nothing of it can be seen. */
export const isUnseen = (text: string): boolean => text.trim() !== '' && !isVisible(text)

/** A text without what shows nothing. An emoji may be made with some of it, and stays whole. */
export const withoutUnseen = (text: string): string =>
  text.replaceAll(EMOJI_OR_UNSEEN, (_, emoji: string | undefined) => emoji ?? '')

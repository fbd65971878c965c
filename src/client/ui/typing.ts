/** What a browser calls a key that the input method has taken. */
const TAKEN_KEY_CODE = 229
const ENTER_KEY_CODE = 13

/**
 * Whether a key went to the input method: it chooses a word, and does nothing else.
 *
 * Safari tells of the key that ends a composition after its end, when `isComposing` is false again;
 * only the code 229 shows whose it was. On Android the word being typed is always a composition, so
 * an Enter with a code of its own is a real one.
 */
export function isInputMethodKey(event: KeyboardEvent): boolean {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing else tells them apart
  const { keyCode } = event
  return keyCode === TAKEN_KEY_CODE || (event.isComposing && keyCode !== ENTER_KEY_CODE)
}

/**
 * What stands in a field after an `input` event, with the word that is still being composed. `v-model`
 * waits for the end of the composition, which on Android comes only after the word.
 */
export const typedIn = (event: Event): string =>
  (event.target as HTMLInputElement | HTMLTextAreaElement).value

export interface Composition {
  /** The key is the input method's: it chooses a word, and does nothing else. */
  readonly owns: (event: KeyboardEvent) => boolean
  readonly handleCompositionEnd: () => void
  readonly handleKeyup: () => void
}

/** Which keys belong to an input method. Safari ends a composition before it tells of the key that ended it. */
export function useComposition(): Composition {
  let hasJustComposed = false
  return {
    owns: ({ isComposing }) => isComposing || hasJustComposed,
    handleCompositionEnd() {
      hasJustComposed = true
    },
    handleKeyup() {
      hasJustComposed = false
    },
  }
}

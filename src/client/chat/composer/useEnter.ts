import { isInputMethodKey } from '#client/ui/typing.ts'

export interface EnterOptions {
  /** What a key does; it prevents what the browser would do with it. */
  readonly handleKey: (event: KeyboardEvent) => void
  /** What Enter alone does. */
  readonly enter: () => void
}

export interface EnterReturn {
  readonly handleKeydown: (event: KeyboardEvent) => void
  readonly handleBeforeinput: (event: Event) => void
}

const LINE_BREAKS: ReadonlySet<string> = new Set(['insertLineBreak', 'insertParagraph'])

/**
 * The keys of a field in which Enter does something. A key that the input method has taken does
 * nothing, unless a line break comes of it: some keyboards end the word and pass the Enter on.
 */
export function useEnter({ handleKey, enter }: EnterOptions): EnterReturn {
  let isPassedOn = false
  return {
    handleKeydown(event) {
      const isTaken = isInputMethodKey(event)
      isPassedOn = isTaken && !event.shiftKey
      if (!isTaken) handleKey(event)
    },
    handleBeforeinput(event) {
      if (!isPassedOn || !LINE_BREAKS.has((event as InputEvent).inputType)) return
      event.preventDefault()
      enter()
    },
  }
}

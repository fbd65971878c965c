import { onScopeDispose, shallowRef, type ShallowRef } from 'vue'
import type { CallLine } from './callWords.ts'

/** Long enough to read a sentence twice. */
const SHOWN_MS = 6_000

export interface UseLinesReturn {
  lines: Readonly<ShallowRef<readonly CallLine[]>>
  /** Show it for a moment; the same word again takes the place of the one before. */
  say: (line: CallLine) => void
  clear(): void
}

/** What has just happened in the call, in a line each, for as long as it takes to read. */
export function useLines(): UseLinesReturn {
  const lines = shallowRef<readonly CallLine[]>([])
  const timers = new Map<CallLine['word'], ReturnType<typeof setTimeout>>()

  function drop(word: CallLine['word']): void {
    clearTimeout(timers.get(word))
    timers.delete(word)
    lines.value = lines.value.filter((line) => line.word !== word)
  }

  function clear(): void {
    for (const { word } of lines.value) drop(word)
  }
  onScopeDispose(clear)

  return {
    lines,
    say(line) {
      drop(line.word)
      lines.value = [...lines.value, line]
      timers.set(
        line.word,
        setTimeout(() => {
          drop(line.word)
        }, SHOWN_MS),
      )
    },
    clear,
  }
}

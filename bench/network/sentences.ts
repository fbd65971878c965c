import overlay from '../../src/client/i18n/messages/zh-CN/overlay.ts'
import type { Tick } from './probe.ts'

type Trouble = keyof typeof overlay.trouble

/** What a sentence of the call says: whose fault it is, or what happens to the path. */
export type Said = Trouble | 'connecting' | 'reconnecting' | 'away' | 'paused'

const SAID = new Map<string, Said>([
  ...Object.entries(overlay.trouble).map(([word, text]) => [text, word as Trouble] as const),
  [overlay.link.connecting, 'connecting'],
  [overlay.link.reconnecting, 'reconnecting'],
  [overlay.peer.away, 'away'],
  [overlay.paused.mine, 'paused'],
  [overlay.paused.theirs, 'paused'],
])

/** A sentence, when it was first seen, and for how long altogether. */
export interface Sentence {
  readonly said: Said
  readonly text: string
  /** From the beginning of the stretch, ms. */
  readonly afterMs: number
  readonly shownMs: number
}

const TICK_MS = 100

/** The sentences that one screen showed between two moments (epoch ms), in the order they came. */
export function sentencesOf(ticks: readonly Tick[], from: number, to: number): Sentence[] {
  const found = new Map<Said, Sentence>()
  for (const { at, words } of ticks) {
    if (at <= from || at > to) continue
    for (const text of words) {
      const said = SAID.get(text)
      if (said === undefined) continue
      const known = found.get(said)
      const shownMs = (known?.shownMs ?? 0) + TICK_MS
      found.set(said, { said, text, afterMs: known?.afterMs ?? at - from, shownMs })
    }
  }
  return [...found.values()]
}

/** `silent`: it said nothing, though there was something to be said. */
export type Verdict = 'right' | 'wrong' | 'silent'

/** Whether a screen named nothing but what is true, and named it; nothing is true of a good call. */
export function verdictOf(sentences: readonly Sentence[], right: readonly Said[]): Verdict {
  if (sentences.length === 0) return right.length === 0 ? 'right' : 'silent'
  return sentences.every(({ said }) => right.includes(said)) ? 'right' : 'wrong'
}

import { useEventListener } from '@vueuse/core'
import { computed, nextTick, ref, watch, type ComputedRef, type Ref } from 'vue'
import type { GroupView } from '#shared/protocol/groups.ts'
import { askedIn, mentionablesIn, choicesOf, type Mentionable } from './mentionable.ts'

export interface MentioningOptions {
  readonly field: Readonly<Ref<HTMLTextAreaElement | null>>
  readonly text: Ref<string>
  readonly group: () => GroupView | null
  readonly me: () => string
  /** The word for all. */
  readonly everybody: () => string
  /** Whether somebody's name is spelled like that. */
  readonly isSpelled: (id: string, query: string) => boolean
}

export interface Mentioning {
  /** Who can be chosen now; empty: nobody is asked for. */
  readonly choices: ComputedRef<readonly Mentionable[]>
  readonly active: Readonly<Ref<number>>
  /** Write the name of a choice. */
  readonly choose: (index: number) => void
  /** @returns whether the key was for the choice */
  readonly handleKeydown: (event: KeyboardEvent) => boolean
}

/** So many can be chosen from at once; more letters show the others. */
const SHOWN = 8

/** Where the next letter goes. */
function useCaret(field: MentioningOptions['field']): Ref<number> {
  const caret = ref(0)
  function follow(): void {
    if (field.value !== null) caret.value = field.value.selectionStart
  }
  useEventListener(document, 'selectionchange', follow)
  useEventListener(field, ['input', 'keyup', 'click'], follow)
  return caret
}

/** Choosing whom to mention after an `@`. */
export function useMentionChoice(options: MentioningOptions): Mentioning {
  const { field, text, group, me, everybody } = options
  const caret = useCaret(field)
  const active = ref(0)
  /** The `@` at which one has said that none is wanted. */
  const dismissed = ref<number | null>(null)

  const asked = computed(() => {
    const found = group() === null ? null : askedIn(text.value, caret.value)
    return found?.start === dismissed.value ? null : found
  })
  const choices = computed(() => {
    const known = group()
    if (asked.value === null || known === null) return []
    const mentionables = mentionablesIn(known, me(), everybody())
    return choicesOf(mentionables, asked.value.query, options.isSpelled).slice(0, SHOWN)
  })

  watch(choices, () => {
    active.value = 0
  })
  watch(
    () => text.value.includes('@'),
    () => {
      dismissed.value = null
    },
  )

  function choose(index: number): void {
    const { value: at } = asked
    const choice = choices.value[index]
    if (at === null || choice === undefined) return
    const before = `${text.value.slice(0, at.start)}@${choice.name} `
    text.value = before + text.value.slice(caret.value)
    caret.value = before.length
    void nextTick(() => {
      field.value?.focus()
      field.value?.setSelectionRange(before.length, before.length)
    })
  }

  const keys: Readonly<Record<string, () => void>> = {
    ArrowDown: () => (active.value = (active.value + 1) % choices.value.length),
    ArrowUp: () => (active.value = (active.value || choices.value.length) - 1),
    Enter: () => {
      choose(active.value)
    },
    Tab: () => {
      choose(active.value)
    },
    Escape: () => (dismissed.value = asked.value?.start ?? null),
  }

  return {
    choices,
    active,
    choose,
    handleKeydown(event) {
      const act = choices.value.length === 0 ? undefined : keys[event.key]
      if (act === undefined) return false
      event.preventDefault()
      act()
      return true
    },
  }
}

import { nextTick, watch, type Ref } from 'vue'

export interface MenuFocusOptions {
  /** What the menus are of stands in it. */
  readonly container: Readonly<Ref<HTMLElement | null>>
  /** What a menu may be of, as it stands there. */
  readonly ids: () => readonly string[]
  /** Where the focus goes for one of them; null: it can't be there. */
  readonly find: (container: HTMLElement, id: string) => HTMLElement | null
}

export interface MenuFocus {
  /** A menu of this one opens. */
  readonly leave: (id: string) => void
  /** Menu and questions are closed: back to what it was of, or to the nearest, unless the focus is elsewhere. */
  readonly back: () => Promise<void>
}

/** Nothing has the focus. */
function isFree(): boolean {
  const { activeElement, body } = document
  return activeElement === null || activeElement === body || !activeElement.isConnected
}

/** Where the focus is after a menu that has opened at no button, or whose button is gone. */
export function useMenuFocus({ container, ids, find }: MenuFocusOptions): MenuFocus {
  let opened: string | null = null
  let around: readonly string[] = []

  const elementOf = (id: string): HTMLElement | null => {
    const { value: element } = container
    return element === null ? null : find(element, id)
  }

  async function back(): Promise<void> {
    // What closes may give the focus away itself.
    await nextTick()
    if (opened === null || !isFree()) return
    const at = around.indexOf(opened)
    // Those after it come to its place; then those before it.
    for (const id of [...around.slice(at), ...around.slice(0, Math.max(at, 0)).toReversed()]) {
      elementOf(id)?.focus({ preventScroll: true })
      if (isFree()) continue
      if (id !== opened) opened = null
      return
    }
    opened = null
    container.value?.focus()
  }

  // What the menu did may take its place away later, when the server has answered.
  watch(
    ids,
    () => {
      if (opened !== null && elementOf(opened) === null) void back()
    },
    { flush: 'post' },
  )

  return {
    leave(id) {
      opened = id
      around = ids()
    },
    back,
  }
}

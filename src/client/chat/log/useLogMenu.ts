import type { ReferenceElement } from 'reka-ui'
import type { ComputedRef, Ref } from 'vue'
import { useMenuFocus } from '#client/ui/useMenuFocus.ts'
import {
  useMessageMenu,
  type MessageMenuContent,
  type MessageMenuOptions,
} from '../menu/useMessageMenu.ts'
import type { ShownMessage } from '../timeline/shown.ts'

export interface LogMenuOptions extends MessageMenuOptions {
  readonly log: Readonly<Ref<HTMLElement | null>>
}

export interface LogMenu {
  readonly isMenuOpen: Ref<boolean>
  /** Null until it is opened for the first time. */
  readonly menu: ComputedRef<MessageMenuContent | null>
  readonly openMenu: (message: ShownMessage, at: ReferenceElement) => void
  /** It has closed: the focus goes back to the log. */
  readonly leaveMenu: () => Promise<void>
}

/** The menu of a log, and where the focus goes when it closes. */
export function useLogMenu({ log, viewer, shown }: LogMenuOptions): LogMenu {
  const { isMenuOpen, menu, openMenu } = useMessageMenu({ viewer, shown })
  const focus = useMenuFocus({
    container: log,
    ids: () => shown().map(({ id }) => id),
    find: (element, id) =>
      element.querySelector<HTMLElement>(`[data-message="${id}"] [aria-haspopup='menu']`),
  })
  return {
    isMenuOpen,
    menu,
    openMenu(message, at) {
      focus.leave(message.id)
      openMenu(message, at)
    },
    leaveMenu: focus.back,
  }
}

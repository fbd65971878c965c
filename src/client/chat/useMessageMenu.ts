import type { ReferenceElement } from 'reka-ui'
import { shallowReactive, shallowRef, type ShallowRef } from 'vue'
import { injectAdapter, SOCKET } from '#client/platform/keys.ts'
import { actionsOf, canAnswer, type MessageAction, type Reader } from './messageActions.ts'
import type { ShownMessage } from './shown.ts'

/** What one answers with most often. */
const EMOJI = ['👍', '❤️', '😂', '😮', '😢', '🙏']

export interface OpenMenu {
  isOpen: boolean
  readonly message: ShownMessage
  readonly reference: ReferenceElement
  readonly actions: readonly MessageAction[]
  readonly emoji: readonly string[]
  /** The emoji that the reader has answered with. */
  readonly chosen: ReadonlySet<string>
}

/** The one menu of a log: what it offers is decided when it opens. */
export function useMessageMenu(reader: () => Reader): {
  menu: Readonly<ShallowRef<OpenMenu | null>>
  openMenu: (message: ShownMessage, reference: ReferenceElement) => void
} {
  const socket = injectAdapter(SOCKET)
  const menu: ShallowRef<OpenMenu | null> = shallowRef(null)

  return {
    menu,
    openMenu(message, reference) {
      const { me } = reader()
      const actions = actionsOf(message, reader(), socket.serverNow())
      if (actions.length === 0) return
      const mine = message.reactions.filter(({ userIds }) => userIds.includes(me))
      menu.value = shallowReactive({
        isOpen: true,
        message,
        reference,
        actions,
        emoji: canAnswer(message) ? EMOJI : [],
        chosen: new Set(mine.map(({ emoji }) => emoji)),
      })
    },
  }
}

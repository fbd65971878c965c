import type { ReferenceElement } from 'reka-ui'
import { computed, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { injectAdapter, SOCKET } from '#client/platform/keys.ts'
import { actionsOf, canAnswer, type MessageAction, type Viewer } from './messageActions.ts'
import type { ShownMessage } from '../timeline/shown.ts'

/** What one answers with most often. */
const EMOJI = ['👍', '❤️', '😂', '😮', '😢', '🙏']

export interface MessageMenuContent {
  readonly message: ShownMessage
  /** Where it opens. */
  readonly reference: ReferenceElement
  readonly actions: readonly MessageAction[]
  /** The emoji that the message may be answered with; none: it may not. */
  readonly emoji: readonly string[]
  /** The emoji that the viewer has answered with. */
  readonly chosen: ReadonlySet<string>
}

interface Opened {
  readonly message: ShownMessage
  readonly reference: ReferenceElement
  /** ms UTC, the server's clock: what may be done is not taken away while the menu is open. */
  readonly at: number
}

export interface MessageMenuOptions {
  readonly viewer: () => Viewer
  readonly shown: () => readonly ShownMessage[]
}

/** The one menu of a log; while it is open it follows its message, which may just be acknowledged. */
export function useMessageMenu({ viewer, shown }: MessageMenuOptions): {
  isMenuOpen: Ref<boolean>
  menu: ComputedRef<MessageMenuContent | null>
  openMenu: (message: ShownMessage, reference: ReferenceElement) => void
} {
  const socket = injectAdapter(SOCKET)
  const isMenuOpen = ref(false)
  const opened: ShallowRef<Opened | null> = shallowRef(null)

  return {
    isMenuOpen,
    menu: computed(() => {
      if (opened.value === null) return null
      const { message: before, reference, at } = opened.value
      const message = shown().find(({ id }) => id === before.id) ?? before
      const { me } = viewer()
      const mine = message.reactions.filter(({ userIds }) => userIds.includes(me))
      return {
        message,
        reference,
        actions: actionsOf(message, viewer(), at),
        emoji: canAnswer(message) ? EMOJI : [],
        chosen: new Set(mine.map(({ emoji }) => emoji)),
      }
    }),
    openMenu(message, reference) {
      const at = socket.serverNow()
      if (actionsOf(message, viewer(), at).length === 0) return
      opened.value = { message, reference, at }
      isMenuOpen.value = true
    },
  }
}

import { useAttempt } from '#client/layout/index.ts'
import { BellOff, EyeOff, Mail, Pin, Trash2 } from '@lucide/vue'
import type { ReferenceElement } from 'reka-ui'
import {
  computed,
  shallowReactive,
  shallowRef,
  type Component,
  type ComputedRef,
  type ShallowRef,
} from 'vue'
import type { ConversationView } from '#shared/protocol/chat.ts'
import { useText, type MessageKey } from '#client/i18n/index.ts'
import { useConversationsStore } from '../conversations/conversationsStore.ts'

const ACTIONS = ['pin', 'markUnread', 'mute', 'hide', 'delete'] as const
/** What can be done with a conversation, by its menu. */
export type ConversationAction = (typeof ACTIONS)[number]

const ICONS: Record<ConversationAction, Component> = {
  pin: Pin,
  markUnread: Mail,
  mute: BellOff,
  hide: EyeOff,
  delete: Trash2,
}

/** What an action is called where the conversation is as it is. */
function keyOf(action: ConversationAction, { settings, unread }: ConversationView): MessageKey {
  if (action === 'pin' && settings.isPinned) return 'chat.actions.unpin'
  if (action === 'mute' && settings.isMuted) return 'chat.actions.unmute'
  if (action === 'markUnread' && isUnread({ settings, unread })) return 'chat.actions.markRead'
  return `chat.actions.${action}`
}

const isUnread = ({ settings, unread }: Pick<ConversationView, 'settings' | 'unread'>): boolean =>
  settings.isMarkedUnread || unread > 0

export interface ConversationMenu {
  readonly menu: Readonly<ShallowRef<OpenMenu | null>>
  readonly items: ComputedRef<readonly MenuItem[]>
  /** Whose deletion waits for a yes. */
  readonly deleting: ShallowRef<string | null>
  readonly open: (id: string, reference: ReferenceElement) => void
  readonly act: (action: ConversationAction) => void
  readonly confirmDeletion: () => void
}

interface OpenMenu {
  isOpen: boolean
  readonly id: string
  readonly reference: ReferenceElement
}

interface MenuItem {
  readonly name: ConversationAction
  readonly label: string
  readonly icon: Component
  readonly isDanger: boolean
}

/** The one menu of the list of conversations. */
export function useConversationMenu(): ConversationMenu {
  const conversations = useConversationsStore()
  const attempt = useAttempt()
  const { t } = useText()
  const menu: ShallowRef<OpenMenu | null> = shallowRef(null)
  const deleting: ShallowRef<string | null> = shallowRef(null)

  const items = computed(() => {
    const conversation = conversations.byId.get(menu.value?.id ?? '')
    return conversation === undefined
      ? []
      : ACTIONS.map((name) => ({
          name,
          label: t(keyOf(name, conversation)),
          icon: ICONS[name],
          isDanger: name === 'delete',
        }))
  })

  function markRead(id: string): Promise<void> {
    conversations.markRead(id)
    return conversations.change(id, { isMarkedUnread: false })
  }

  const acts: Record<ConversationAction, (one: ConversationView) => Promise<void>> = {
    pin: ({ id, settings }) => conversations.change(id, { isPinned: !settings.isPinned }),
    mute: ({ id, settings }) => conversations.change(id, { isMuted: !settings.isMuted }),
    markUnread: (one) =>
      isUnread(one) ? markRead(one.id) : conversations.change(one.id, { isMarkedUnread: true }),
    hide: ({ id }) => conversations.change(id, { isHidden: true }),
    delete: ({ id }) => {
      deleting.value = id
      return Promise.resolve()
    },
  }

  return {
    menu,
    items,
    deleting,
    open(id, reference) {
      menu.value = shallowReactive({ isOpen: true, id, reference })
    },
    act(action) {
      const conversation = conversations.byId.get(menu.value?.id ?? '')
      if (conversation !== undefined) void attempt(() => acts[action](conversation))
    },
    confirmDeletion() {
      const id = deleting.value
      if (id !== null) void attempt(() => conversations.clear(id, { isHidden: true }))
    },
  }
}

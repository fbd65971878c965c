import { Compass, MessageCircle, User, UsersRound } from '@lucide/vue'
import type { Component } from 'vue'
import type { MessageKey } from '#client/i18n/index.ts'

export type TabName = 'chats' | 'contacts' | 'discover' | 'me'

export interface Tab {
  readonly name: TabName
  readonly to: string
  readonly label: MessageKey
  readonly icon: Component
}

/** The four rooms of the tab bar, in WeChat's order. */
export const TABS: readonly Tab[] = [
  { name: 'chats', to: '/', label: 'app.tabs.chats', icon: MessageCircle },
  { name: 'contacts', to: '/contacts', label: 'app.tabs.contacts', icon: UsersRound },
  { name: 'discover', to: '/discover', label: 'app.tabs.discover', icon: Compass },
  { name: 'me', to: '/me', label: 'app.tabs.me', icon: User },
]

import { computed, type ComputedRef } from 'vue'
import { decidesAbout } from '#shared/groupMembers.ts'
import type { UserView } from '#shared/protocol/accounts.ts'
import type { ConversationView } from '#shared/protocol/chat.ts'
import type { GroupView } from '#shared/protocol/groups.ts'
import { useSessionStore } from '#client/accounts/index.ts'
import { useText } from '#client/i18n/index.ts'
import { groupTitle, personIn } from './groups/group.ts'
import type { Readers } from './preview.ts'

/** Who is in a conversation: the other one of two, or a group. */
export type Side = Pick<ConversationView, 'id' | 'peer' | 'group'>

export interface People extends Readers {
  /** What the conversation is called. */
  readonly title: string
  /** Null where two talk. */
  readonly group: GroupView | null
  readonly personOf: (userId: string) => UserView
  /** The page of somebody: in a group what they are there. */
  readonly profileOf: (userId: string) => string
  /** Whether I take back what somebody says here at any time. */
  readonly decides: (senderId: string) => boolean
}

/** The names of those in a conversation. */
export function usePeople(side: () => Side | null): ComputedRef<People> {
  const session = useSessionStore()
  const { t, locale } = useText()
  return computed(() => {
    const { account } = session
    const me = account?.id ?? ''
    const { id = '', peer = null, group = null } = side() ?? {}
    const personOf = (userId: string): UserView => {
      if (group !== null) return personIn(group, userId)
      return (userId === account?.id ? account : peer) ?? { id: userId, nickname: '' }
    }
    const nameOf = (userId: string): string => personOf(userId).nickname
    return {
      me,
      title:
        group === null ? (peer?.nickname ?? '') : groupTitle(group, me, t('chat.group.separator')),
      group,
      personOf,
      profileOf: (userId) =>
        group === null ? `/contacts/${userId}` : `/chats/${id}/members/${userId}`,
      decides: (senderId) => group !== null && decidesAbout(group, me, senderId),
      nameOf,
      namesOf: (names) => new Intl.ListFormat(locale.value).format(names),
    }
  })
}

import { computed, type ComputedRef } from 'vue'
import { decidesAbout, isIn } from '#shared/rules/groupMembers.ts'
import type { UserView } from '#shared/protocol/accounts.ts'
import type { ConversationView } from '#shared/protocol/chat.ts'
import type { GroupView } from '#shared/protocol/groups.ts'
import { useSessionStore } from '#client/accounts/index.ts'
import { isolated, useText } from '#client/i18n/index.ts'
import { groupTitle, personIn } from './group.ts'
import type { NameLookup } from './nameLookup.ts'

/** Who is in a conversation: the other one of two, or a group. */
export type Side = Pick<ConversationView, 'id' | 'peer' | 'group'>

export interface People extends NameLookup {
  /** What the conversation is called. */
  readonly title: string
  /** Null where two talk. */
  readonly group: GroupView | null
  readonly personOf: (userId: string) => UserView
  /** The page of somebody: in a group what they are there. */
  readonly profileOf: (userId: string) => string
  /** Whether I take back what somebody says here at any time. */
  readonly decides: (senderId: string) => boolean
  /** Whether I may ask who has read what I said. */
  readonly seesReaders: boolean
}

/** The names of those in a conversation. */
export function usePeople(side: () => Side | null): ComputedRef<People> {
  const session = useSessionStore()
  const { t, locale } = useText()
  return computed(() => {
    const { account } = session
    const { id = '', peer = null, group = null } = side() ?? {}
    const me = account?.id ?? ''
    const people =
      group === null
        ? ofTwo(account, peer)
        : ofGroup({ id, group, me, separator: t('chat.group.separator') })
    return {
      ...people,
      me,
      nameOf: (userId) => people.personOf(userId).nickname,
      namesOf: (names) => new Intl.ListFormat(locale.value).format(names.map(isolated)),
    }
  })
}

type Kind = Omit<People, keyof NameLookup>

const ofTwo = (account: UserView | null, peer: UserView | null): Kind => ({
  title: peer?.nickname ?? '',
  group: null,
  personOf: (userId) => (userId === account?.id ? account : peer) ?? { id: userId, nickname: '' },
  profileOf: (userId) => `/contacts/${userId}`,
  decides: () => false,
  seesReaders: false,
})

interface OfGroup {
  id: string
  group: GroupView
  me: string
  /** Stands between two names. */
  separator: string
}

const ofGroup = ({ id, group, me, separator }: OfGroup): Kind => ({
  title: groupTitle(group, me, separator),
  group,
  personOf: (userId) => personIn(group, userId),
  profileOf: (userId) => `/chats/${id}/members/${userId}`,
  decides: (senderId) => decidesAbout(group, me, senderId),
  seesReaders: isIn(group, me),
})

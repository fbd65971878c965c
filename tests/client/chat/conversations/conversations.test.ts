import { expect, it } from 'vitest'
import { sorted, unreadOf } from '#client/chat/conversations/conversations.ts'
import { PLAIN_SETTINGS } from '#shared/protocol/chat.ts'
import { conversation, message, uuid } from '../../../support/client/people.ts'

const had = (part: Partial<typeof PLAIN_SETTINGS>) => ({ ...PLAIN_SETTINGS, ...part })

it('puts the newest first, and leaves out those without a message', () => {
  const [old, young, silent] = [
    conversation({ id: uuid(1), lastMessage: message(1, { createdAt: 1 }) }),
    conversation({ id: uuid(2), lastMessage: message(1, { createdAt: 2 }) }),
    conversation({ id: uuid(3) }),
  ]
  expect(sorted([silent, old, young])).toEqual([young, old])
})

it('puts the pinned ones above, and leaves out the hidden ones', () => {
  const at = (n: number, createdAt: number, part: Partial<typeof PLAIN_SETTINGS> = {}) =>
    conversation({ id: uuid(n), lastMessage: message(1, { createdAt }), settings: had(part) })
  const list = [at(1, 3), at(2, 1, { isPinned: true }), at(3, 2), at(4, 4, { isHidden: true })]
  expect(sorted(list).map(({ id }) => id)).toEqual([uuid(2), uuid(1), uuid(3)])
})

it('[CH9] counts in all what is not muted, and a mark as one', () => {
  const list = [
    conversation({ unread: 2 }),
    conversation({ unread: 3, settings: had({ isMuted: true }) }),
    conversation({ settings: had({ isMarkedUnread: true }) }),
    conversation({ unread: 4, settings: had({ isMarkedUnread: true }) }),
  ]
  expect(unreadOf(list)).toBe(7)
})

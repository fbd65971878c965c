import { expect, it } from 'vitest'
import type { GroupMember, GroupRole } from '#shared/protocol/groups.ts'
import ConversationPage from '#client/chat/pages/ConversationPage.vue'
import { useDraftsStore } from '#client/chat/drafts/draftsStore.ts'
import { useToastStore } from '#client/layout/index.ts'
import { mountClient, type Client } from '../../../support/client/mountClient.ts'
import {
  BAI_LU,
  CONTACTS,
  conversation,
  ME,
  message,
  uuid,
} from '../../../support/client/people.ts'
import { hasRole } from '../../../support/client/roles.ts'

const ID = uuid(102)
const member = (id: string, role: GroupRole): GroupMember => ({
  id,
  nickname: '某人',
  role,
  alias: '',
})

/** A conversation in which one has begun to write, and can't any more. */
async function openLeft(part: 'group' | 'blocked'): Promise<Client> {
  const members = [member(ME.id, 'gone'), member(BAI_LU.id, 'owner')]
  const left = { peer: null, group: { name: '爬山', members, announcement: null } }
  const contacts = CONTACTS.map((one) => ({ ...one, isBlocked: part === 'blocked' }))
  const known = conversation({ lastMessage: message(1), lastSeq: 1, readSeq: 1 })
  const client = await mountClient(ConversationPage, {
    props: { id: ID },
    answers: {
      'GET /api/contacts': { contacts },
      'GET /api/contact-requests': { requests: [] },
      'GET /api/conversations': {
        conversations: [part === 'group' ? { ...known, ...left } : known],
      },
      [`GET /api/conversations/${ID}/messages`]: { messages: [message(1)], hasMore: false },
      [`POST /api/conversations/${ID}/read`]: {},
    },
  })
  useDraftsStore().write(ID, '明天八点\n老地方见')
  await client.settle()
  return client
}

it.each(['group', 'blocked'] as const)(
  'the draft of what one can not write in any more (%s) can be read, copied and dismissed',
  async (part) => {
    const { text, press } = await openLeft(part)
    expect(hasRole('textbox', '给爬山发消息')).toBe(false)
    expect(text()).toContain('未发送的草稿明天八点 老地方见')
    await press('button', '复制')
    expect(useToastStore().text).toBe('已复制')
    await press('button', '删除草稿')
    expect(text()).not.toContain('明天八点')
    expect(useDraftsStore().draftOf(ID).text).toBe('')
  },
)

it('a draft keeps the indent of its first line where it is shown and copied', async () => {
  const { settle } = await openLeft('group')
  useDraftsStore().write(ID, '\n  if (a) {\n  }\n')
  await settle()
  expect(document.querySelector('.kept p')?.textContent).toBe('  if (a) {\n  }')
})

import type { AccountView } from '#shared/protocol/accounts.ts'
import {
  PLAIN_SETTINGS,
  type CallRecord,
  type ConversationView,
  type MessageView,
} from '#shared/protocol/chat.ts'
import type { ContactRequestView, ContactView } from '#shared/protocol/contacts.ts'

/** A UUID that a reader can tell from others. */
export const uuid = (number: number): string =>
  `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`

export const ME: AccountView = { id: uuid(1), mobile: '13006789001', nickname: '安然' }
export const BAI_LU = { id: uuid(2), nickname: '白露' }

export const contact = (number: number, nickname: string, pinyin: string): ContactView => ({
  id: uuid(number),
  nickname,
  pinyin,
  mobile: `1300678900${String(number)}`,
  isBlocked: false,
  conversationId: uuid(100 + number),
})

export const CONTACTS: readonly ContactView[] = [
  contact(3, '陈晨', 'chen chen'),
  contact(2, '白露', 'bai lu'),
  contact(4, '007', '007'),
]

export const contactRequest = (part: Partial<ContactRequestView> = {}): ContactRequestView => ({
  id: uuid(900),
  direction: 'received',
  user: { id: uuid(8), nickname: '王小明' },
  greeting: '我是王小明',
  status: 'pending',
  createdAt: Date.UTC(2026, 0, 15, 3, 0),
  ...part,
})

export const record = (part: Partial<CallRecord> = {}): CallRecord => ({
  kind: 'call',
  callId: uuid(500),
  callKind: 'audio',
  outcome: 'completed',
  durationMs: 83_000,
  ...part,
})

/** Message number `seq` of the conversation with 白露, from her unless said otherwise. */
export const message = (seq: number, part: Partial<MessageView> = {}): MessageView => ({
  id: uuid(1000 + seq),
  conversationId: uuid(102),
  seq,
  senderId: BAI_LU.id,
  body: { kind: 'text', text: `第${String(seq)}条` },
  createdAt: Date.UTC(2026, 0, 15, 3, 0) + seq * 1000,
  rev: 0,
  ...part,
})

export const conversation = (part: Partial<ConversationView> = {}): ConversationView => ({
  id: uuid(102),
  peer: BAI_LU,
  group: null,
  settings: PLAIN_SETTINGS,
  lastMessage: null,
  lastSeq: 0,
  readSeq: 0,
  unread: 0,
  mentionedSeqs: [],
  peerReceivedSeq: 0,
  peerReadSeq: 0,
  ...part,
})

import { isMentioned } from '#shared/rules/mentions.ts'
import { PLAIN_SETTINGS, type ConversationView, type MessageView } from '#shared/protocol/chat.ts'
import type { FeedEntry, FeedItem, FeedPage } from '#shared/protocol/feed.ts'
import type { GroupChange, GroupRole, GroupView } from '#shared/protocol/groups.ts'

export const ME = 'me'
export const PEER = { id: 'peer', nickname: 'peer' }
export const ID = 'conversation'
const GROUP: GroupView = {
  name: '',
  members: [
    { id: ME, nickname: ME, role: 'member', alias: '' },
    { ...PEER, role: 'owner', alias: '' },
  ],
  announcement: null,
}

/** The state of one user on the server, by the rules of SPEC 7. */
export class SyncServer {
  view: ConversationView = {
    id: ID,
    peer: PEER,
    group: null,
    settings: PLAIN_SETTINGS,
    lastMessage: null,
    lastSeq: 0,
    readSeq: 0,
    unread: 0,
    mentionedSeqs: [],
    peerReceivedSeq: 0,
    peerReadSeq: 0,
  }
  readonly messages: MessageView[] = []
  readonly feed: FeedItem[] = []
  #kept = 0

  constructor(isGroup: boolean) {
    if (isGroup) this.#comeIn(GROUP)
  }

  write(senderId: string): void {
    const seq = this.view.lastSeq + 1
    const calls = this.view.group !== null && seq % 3 === 0 ? { mentions: ['all' as const] } : {}
    const body = { kind: 'text' as const, text: `message ${seq}`, ...calls }
    const id = `id ${seq}`
    const message = { id, conversationId: ID, seq, senderId, body, createdAt: seq, rev: 0 }
    this.messages.push(message)
    this.view = { ...this.view, lastMessage: message, lastSeq: seq, unread: 0 }
    this.view.unread = this.#unreadAfter(this.view.readSeq)
    this.view.mentionedSeqs = this.#mentionedAfter(this.view.readSeq)
    this.#happen({ kind: 'message', message, peer: this.view.peer })
  }

  read(wanted: number): void {
    const { lastSeq } = this.view
    const readSeq = Math.min(wanted, lastSeq)
    if (readSeq <= this.view.readSeq) return
    const unread = this.#unreadAfter(readSeq)
    this.view = { ...this.view, readSeq, unread, mentionedSeqs: this.#mentionedAfter(readSeq) }
    this.#happen({ kind: 'read', conversationId: ID, readSeq, lastSeq, unread })
  }

  /** A message says something else now, or nothing. */
  change(seq: number, isRecall: boolean): void {
    const before = this.messages[seq % Math.max(1, this.messages.length)]
    // What is not for me any more, I don't hear of.
    const isGone = (before?.seq ?? 0) <= this.view.settings.clearedSeq
    if (before === undefined || isGone || before.body.kind !== 'text') return
    const rev = before.rev + 1
    const message: MessageView = isRecall
      ? { ...before, rev, body: { kind: 'recalled', byId: before.senderId } }
      : { ...before, rev, body: { ...before.body, text: `change ${rev}` }, editedAt: rev }
    this.messages[before.seq - 1] = message
    const { lastSeq, readSeq } = this.view
    const count = this.#unreadAfter(readSeq)
    this.view = { ...this.view, unread: count, mentionedSeqs: this.#mentionedAfter(readSeq) }
    if (before.seq === lastSeq) this.view.lastMessage = message
    this.#happen({ kind: 'changed', message, unread: { readSeq, lastSeq, count } })
  }

  receipt(): void {
    const { lastSeq } = this.view
    this.view = { ...this.view, peerReceivedSeq: lastSeq, peerReadSeq: lastSeq }
    this.#happen({ kind: 'receipt', conversationId: ID, receivedSeq: lastSeq, readSeq: lastSeq })
  }

  rename(): void {
    const name = `name ${this.feed.length}`
    this.#changeGroup({ name })
  }

  /** The other one is in it no more, or is again. */
  letGo(role: GroupRole): void {
    this.#changeGroup({ members: [{ ...PEER, role, alias: '' }] })
  }

  /** I had left, and come in again: what was said before is not for me. */
  comeBack(): void {
    if (this.view.group !== null) this.#comeIn(this.view.group)
  }

  #comeIn(group: GroupView): void {
    const { lastSeq: clearedSeq, settings } = this.view
    this.view = {
      ...this.view,
      peer: null,
      group,
      settings: { ...settings, clearedSeq },
      lastMessage: null,
      readSeq: clearedSeq,
      unread: 0,
      mentionedSeqs: [],
    }
    this.#happen({ kind: 'group', conversationId: ID, group, clearedSeq })
  }

  #changeGroup(change: GroupChange): void {
    const { group } = this.view
    if (group === null) return
    const changed = new Map((change.members ?? []).map((member) => [member.id, member]))
    const members = group.members.map((member) => changed.get(member.id) ?? member)
    this.view = { ...this.view, group: { ...group, name: change.name ?? group.name, members } }
    this.#happen({ kind: 'groupChanged', conversationId: ID, change })
  }

  page(after: number | null): FeedPage {
    const head = this.feed.length
    if (after === null || after < this.#kept || after > head) return { status: 'reset', pos: head }
    const items = this.feed.slice(after, after + 3)
    return { status: 'items', items, hasMore: after + items.length < head }
  }

  /** What is old is forgotten. */
  prune(): void {
    this.#kept = this.feed.length
  }

  #unreadAfter(seq: number): number {
    return this.messages.filter(
      (one) => one.seq > seq && one.senderId !== ME && one.body.kind === 'text',
    ).length
  }

  #mentionedAfter(seq: number): number[] {
    return this.messages
      .filter((one) => one.seq > seq && isMentioned(one, ME))
      .map((one) => one.seq)
  }

  #happen(entry: FeedEntry): void {
    this.feed.push({ pos: this.feed.length + 1, entry })
  }
}

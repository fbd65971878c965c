import type { MessageView } from '#shared/protocol/chat.ts'

/** What a tab keeps when it writes: everything as it is at a pos of the feed. */
export interface KeptState {
  readonly pos: number
  /** By the name of its part. Whoever reads it checks it. */
  readonly parts: Readonly<Record<string, unknown>>
}

/** What this browser keeps of one account, shared by its tabs. */
export interface AccountDatabase extends KeptRecords {
  /** False where it lasts only as long as the page. */
  readonly isKept: boolean
  readState(): Promise<KeptState | null>
  /** Unless another tab has come further. Messages are added in any case. */
  writeState(state: KeptState, messages: readonly MessageView[]): Promise<void>
  /** The newest messages before a seq (null: of all), ascending, without a gap between them. */
  readMessages(query: {
    conversationId: string
    before: number | null
    count: number
  }): Promise<readonly unknown[]>
  /** Those of these seqs that are kept, in no order. */
  readMessagesAt(place: {
    conversationId: string
    seqs: readonly number[]
  }): Promise<readonly unknown[]>
  /** Of what is there already the newer view stays. */
  writeMessages(messages: readonly MessageView[]): Promise<void>
  /** Those of a conversation that are not later than a seq. */
  forgetUpTo(conversationId: string, seq: number): Promise<void>
  /** They may have changed without our knowing. */
  forgetMessages(): Promise<void>
  close(): void
}

/** Records of one kind, such as what waits to be sent. */
export interface KeptRecords {
  readRecords(kind: RecordKind): Promise<readonly unknown[]>
  putRecord(kind: RecordKind, record: KeptRecord): Promise<void>
  removeRecord(kind: RecordKind, id: string): Promise<void>
  /** Put a record in the place of others, in one step. @param record null: they go, and nothing comes */
  replaceRecords(kind: RecordKind, ids: readonly string[], record: KeptRecord | null): Promise<void>
}

/** What it holds besides its id, whoever reads it checks. */
export interface KeptRecord {
  readonly id: string
  readonly [field: string]: unknown
}

export type RecordKind = 'outbox' | 'drafts' | 'recalled' | 'calls' | 'emoji'

/** Every account's database of this browser. */
export interface AccountDatabases {
  /**
   * Where the browser keeps nothing (a private window, a full disk), or does not answer in time, it lasts
   * as long as the page. Never rejects.
   * @param onRenewed what was kept may be gone (its user has cleared it): what is there is written again
   * @param onCome the one that did not answer in time is there after all
   */
  open(
    accountId: string,
    onRenewed?: () => void,
    onCome?: (late: AccountDatabase) => void,
  ): Promise<AccountDatabase>
  delete(accountId: string): Promise<void>
}

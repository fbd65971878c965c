import type { FeedItem } from '#shared/protocol/feed.ts'

/** What a room keeps of the feed. */
export interface FeedPart {
  /** Under this name this browser keeps it. */
  readonly name: string
  /** Load it anew. @throws AppError */
  readonly reload: () => Promise<void>
  readonly apply: (items: readonly FeedItem[]) => void
  /** Forget everything: another user may come. */
  readonly clear: () => void
  /** What to keep, as JSON can hold it. */
  readonly snapshot: () => unknown
  /** Take what was kept. @returns false when it does not fit */
  readonly restore: (kept: unknown) => boolean
}

/** The parts of all rooms as one. */
export interface Parts {
  add(part: FeedPart): void
  reload(): Promise<void>
  apply(items: readonly FeedItem[]): void
  clear(): void
  snapshot(): Readonly<Record<string, unknown>>
  restore(kept: Readonly<Record<string, unknown>>): boolean
}

export function createParts(): Parts {
  const parts = new Set<FeedPart>()
  return {
    add: (part) => void parts.add(part),
    async reload() {
      await Promise.all([...parts].map((part) => part.reload()))
    },
    apply(items) {
      for (const part of parts) part.apply(items)
    },
    clear() {
      for (const part of parts) part.clear()
    },
    snapshot: () => Object.fromEntries([...parts].map((part) => [part.name, part.snapshot()])),
    restore: (kept) => [...parts].every((part) => part.restore(kept[part.name])),
  }
}

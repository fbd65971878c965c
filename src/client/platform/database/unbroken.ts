import type { MessageView } from '#shared/protocol/chat.ts'

/** Of messages, newest first, those that follow each other without a gap; ascending. */
export function unbroken(
  newestFirst: readonly MessageView[],
  before: number | null,
): readonly MessageView[] {
  const first = before ?? (newestFirst[0]?.seq ?? 0) + 1
  const end = newestFirst.findIndex(({ seq }, index) => seq !== first - 1 - index)
  return newestFirst.slice(0, end === -1 ? undefined : end).toReversed()
}

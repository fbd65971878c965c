import type { Condition } from '#server/chat/search/terms.ts'

/** Whether an index has what a condition asks for. */
export const isMet = (condition: Condition, terms: readonly string[]): boolean =>
  condition.kind === 'term'
    ? terms.includes(condition.term)
    : terms.some((term) => term.startsWith(condition.prefix))

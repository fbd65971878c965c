import { folded, holdsFolded } from '#shared/folding.ts'
import { displayNameIn, isManagerOf, presentIn } from '#shared/rules/groupMembers.ts'
import { MENTIONS_MAX } from '#shared/limits.ts'
import type { Mention } from '#shared/protocol/chat.ts'
import type { GroupView } from '#shared/protocol/groups.ts'

/** Somebody who can be mentioned, or everybody. */
export interface Mentionable {
  readonly id: Mention
  /** What follows the `@`. */
  readonly name: string
}

/** Whom somebody can mention in a group. @param everybody the word for all */
export function mentionablesIn(
  group: GroupView,
  me: string,
  everybody: string,
): readonly Mentionable[] {
  const others = presentIn(group).filter(({ id }) => id !== me)
  const people = others.map(({ id }) => ({ id, name: displayNameIn(group, id) }))
  return isManagerOf(group, me) ? [{ id: 'all', name: everybody }, ...people] : people
}

/** A name that goes on is another name. */
const isWhole = (name: string, next: string): boolean =>
  !(/[\p{Script=Latin}\p{N}]$/u.test(name) && /^[\p{Script=Latin}\p{N}]/u.test(next))

/** Whom a text mentions: those whose name follows an `@`, the longest where several match. */
export function mentionsIn(text: string, mentionables: readonly Mentionable[]): Mention[] {
  const found = new Set<Mention>()
  for (const { index } of text.matchAll(/@/g)) {
    const rest = text.slice(index + 1)
    const here = mentionables.filter(
      ({ name }) => rest.startsWith(name) && isWhole(name, rest.slice(name.length)),
    )
    const longest = Math.max(...here.map(({ name }) => name.length))
    for (const { id, name } of here) if (name.length === longest) found.add(id)
  }
  return [...found].slice(0, MENTIONS_MAX)
}

/** What is being written behind an `@`, in front of the caret. */
export interface Asked {
  /** Where the `@` stands. */
  readonly start: number
  readonly query: string
}

/** The name that is being written; null where none is: an address has an `@` too. */
export function askedIn(text: string, caret: number): Asked | null {
  const match = /(?<![\p{Script=Latin}\p{N}._-])@(?<query>[^\s@]{0,20})$/u.exec(
    text.slice(0, caret),
  )
  return match === null ? null : { start: match.index, query: match.groups?.['query'] ?? '' }
}

/**
 * Those whose name has it in it, the ones that begin with it first, and last those whose name is
 * spelled like that.
 */
export function choicesOf(
  mentionables: readonly Mentionable[],
  query: string,
  isSpelled: (id: string, query: string) => boolean = () => false,
): readonly Mentionable[] {
  const wanted = folded(query)
  const rankOf = ({ id, name }: Mentionable): number => {
    if (holdsFolded(name, query)) return Math.min(folded(name).indexOf(wanted), 1)
    return isSpelled(id, query) ? 2 : Infinity
  }
  return mentionables
    .filter((one) => rankOf(one) < Infinity)
    .toSorted((a, b) => rankOf(a) - rankOf(b))
}

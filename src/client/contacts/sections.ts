import type { ContactView } from '#shared/protocol/contacts.ts'

/** Where names stand that begin with no letter: after Z. */
const REST = '#'

export interface Section {
  /** `A` … `Z`, or `#`. */
  readonly initial: string
  readonly contacts: readonly ContactView[]
}

/** The letter under which a contact stands. */
export function initialOf(pinyin: string): string {
  const first = pinyin.slice(0, 1).toUpperCase()
  return /^[A-Z]$/.test(first) ? first : REST
}

const restRank = ({ pinyin }: ContactView): number => (initialOf(pinyin) === REST ? 1 : 0)

function byPlace(a: ContactView, b: ContactView): number {
  return (
    restRank(a) - restRank(b) ||
    a.pinyin.localeCompare(b.pinyin, 'en') ||
    a.nickname.localeCompare(b.nickname) ||
    a.id.localeCompare(b.id)
  )
}

/** Contacts in sections by pinyin initial, in order; empty sections are left out. */
export function sectionsOf(contacts: readonly ContactView[]): readonly Section[] {
  const sections = new Map<string, ContactView[]>()
  for (const contact of contacts.toSorted(byPlace)) {
    const initial = initialOf(contact.pinyin)
    const section = sections.get(initial)
    if (section === undefined) sections.set(initial, [contact])
    else section.push(contact)
  }
  return [...sections].map(([initial, members]) => ({ initial, contacts: members }))
}

import { createFakeStorage } from '../client/fakePage.ts'
import type { Person } from './harbour.ts'
import type { Tab } from './tab.ts'

/** The page goes without a word, as when its tab crashes; only what it had kept is left. */
export function leavePage(tab: Tab): { comeBack(person: Person): Promise<Tab> } {
  const tabStorage = createFakeStorage()
  for (const [key, value] of tab.tabStorage.values) tabStorage.values.set(key, value)
  tab.wire.cut()
  for (const connection of tab.connections) connection.close()
  return { comeBack: (person) => person.openTab({ tabStorage }) }
}

/** The page is loaded anew. */
export const reload = (person: Person, tab: Tab): Promise<Tab> => leavePage(tab).comeBack(person)

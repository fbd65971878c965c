import { uuidv7 } from 'uuidv7'
import { shallowReactive } from 'vue'
import { afterLook, DraftVersion, isEmpty, NO_DESK, type Draft, type DraftDesk } from './draft.ts'
import { useSharedRecords } from '#client/feed/index.ts'

export interface DraftDesks {
  /** By conversation. */
  readonly desks: ReadonlyMap<string, DraftDesk>
  readonly load: () => Promise<void>
  /** Shown at once, and kept as soon as it can be. @param absorbed versions that it stands for too */
  readonly put: (id: string, draft: Draft, absorbed?: readonly string[]) => void
  /** Forget the draft of another tab. */
  readonly drop: (id: string, version: string) => void
  /** Whether somebody is at the field of a conversation in this tab. */
  readonly hold: (id: string, isHeld: boolean) => void
  readonly clear: () => void
}

/** A draft in the place of the one before: how it is kept, and how the tab has it then. */
function written(
  conversationId: string,
  { before, draft, absorbed }: { before: DraftDesk; draft: Draft; absorbed: readonly string[] },
): { version: DraftVersion | null; desk: DraftDesk } {
  const id = uuidv7()
  const rev = 1 + Math.max(before.rev, ...before.others.map((one) => one.rev))
  const others = before.others.filter((one) => !absorbed.includes(one.id))
  if (isEmpty(draft)) {
    return { version: null, desk: { draft, base: null, line: null, rev, others } }
  }
  const line = before.line ?? id
  const version = { id, conversationId, line, rev, text: draft.text, purpose: draft.purpose }
  return { version, desk: { draft, base: id, line, rev, others } }
}

/** The drafts of this tab, kept up with what other tabs write: nothing that was typed is lost. */
export function useDraftDesks(): DraftDesks {
  const records = useSharedRecords('drafts', DraftVersion, {
    onChanged: () => void load(),
    onRenewed() {
      for (const [id, { draft }] of desks) put(id, draft)
    },
  })
  const desks = shallowReactive(new Map<string, DraftDesk>())
  /** What is not known to be kept, by conversation: what is read meanwhile is older. */
  const unsaved = new Map<string, DraftDesk>()
  let held: string | null = null
  let isLoaded = false
  /** Counts what is written here. */
  let writes = 0
  /** Counts the users: what is read for one is not shown to the next. */
  let life = 0

  /** Something was read that was older than what is written here: look again. */
  let isDue = false

  async function load(): Promise<void> {
    const [mine, before] = [life, writes]
    const kept = Map.groupBy(await records.read(), (one) => one.conversationId)
    if (mine !== life) return
    isDue = unsaved.size > 0
    if (isDue) return
    if (before !== writes) return load()
    for (const id of new Set([...desks.keys(), ...kept.keys()])) look(id, kept.get(id) ?? [])
    isLoaded = true
  }

  function look(id: string, kept: readonly DraftVersion[]): void {
    const next = afterLook(desks.get(id) ?? NO_DESK, kept, isLoaded && held === id)
    desks.set(id, next)
    if (next.base === null && !isEmpty(next.draft)) put(id, next.draft)
  }

  function put(id: string, draft: Draft, absorbed: readonly string[] = []): void {
    writes += 1
    const before = desks.get(id) ?? NO_DESK
    const { version, desk } = written(id, { before, draft, absorbed })
    desks.set(id, desk)
    unsaved.set(id, desk)
    const replaced = before.base === null ? absorbed : [before.base, ...absorbed]
    void records.replace(replaced, version).then((isKept) => {
      if (isKept && unsaved.get(id) === desk) unsaved.delete(id)
      if (isDue) void load()
    })
  }

  function drop(id: string, version: string): void {
    const desk = desks.get(id)
    if (desk === undefined) return
    desks.set(id, { ...desk, others: desk.others.filter((one) => one.id !== version) })
    void records.replace([version], null)
  }

  function hold(id: string, isHeld: boolean): void {
    if (isHeld) held = id
    else if (held === id) held = null
  }

  function clear(): void {
    life += 1
    isLoaded = false
    isDue = false
    unsaved.clear()
    desks.clear()
  }

  return { desks, load, put, drop, hold, clear }
}

import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { appendFile, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import * as v from 'valibot'
import { JournalEntries, type JournalEntry } from './journalEntry.ts'

/** Keeps what the database could not take yet, for a server after this one. */
export interface Spool {
  /** What a server has left, in its order; before anything else. @throws when it can't be read or understood */
  left(): JournalEntry[]
  /** After what is kept; on disk when it resolves. When it failed, `replace` comes next. */
  add(entries: readonly JournalEntry[]): Promise<void>
  /** In the place of what was kept. Whoever is killed meanwhile leaves the one or the other. */
  replace(entries: readonly JournalEntry[]): Promise<void>
}

/** Who may read it: nobody else. */
const MODE = 0o600

/** A spool in a file, a list of entries in each line. It is there only while the database can't be written to. */
export function createSpool(path: string): Spool {
  const fresh = `${path}.new`
  return {
    left() {
      const text = textOf(path)
      const { entries, isWhole } = parse(text)
      // What is added must begin a line.
      if (!isWhole) {
        writeFileSync(fresh, lineOf(entries), { flush: true, mode: MODE })
        renameSync(fresh, path)
      }
      return entries
    },
    async add(entries) {
      await mkdir(dirname(path), { recursive: true })
      await appendFile(path, lineOf(entries), { flush: true, mode: MODE })
    },
    async replace(entries) {
      if (entries.length === 0) {
        await rm(path, { force: true })
        return
      }
      await mkdir(dirname(path), { recursive: true })
      await writeFile(fresh, lineOf(entries), { flush: true, mode: MODE })
      await rename(fresh, path)
    },
  }
}

const lineOf = (entries: readonly JournalEntry[]): string =>
  entries.length === 0 ? '' : `${JSON.stringify(entries)}\n`

const JournalLine = v.pipe(v.string(), v.parseJson(), JournalEntries)

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  }
}

/**
 * Whoever is killed while writing a line leaves a part of it, which nobody has been told is kept.
 * @returns whether another line can follow. @throws for a line that is none of ours
 */
function parse(text: string): { entries: JournalEntry[]; isWhole: boolean } {
  const lines = text.split('\n')
  const last = lines.pop() ?? ''
  const entries = lines.flatMap((line) => v.parse(JournalLine, line))
  if (last === '') return { entries, isWhole: true }
  // A version before this one wrote everything as one list, without an end of the line.
  const rest = v.safeParse(JournalLine, last)
  return { entries: rest.success ? [...entries, ...rest.output] : entries, isWhole: false }
}

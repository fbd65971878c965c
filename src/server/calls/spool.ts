import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import * as v from 'valibot'
import { JournalEntries, type JournalEntry } from './journalEntry.ts'

/** Keeps what the database could not take yet, for a server after this one. */
export interface Spool {
  /** In the place of what was kept before. @throws what the disk says */
  keep(entries: readonly JournalEntry[]): void
  /** What a server has left. @throws when it can't be read or understood */
  left(): readonly JournalEntry[]
}

/** A spool in a file. It is there only while the database can't be written to. */
export const createSpool = (path: string): Spool => ({
  keep(entries) {
    if (entries.length === 0) {
      rmSync(path, { force: true })
      return
    }
    mkdirSync(dirname(path), { recursive: true })
    // Another file first: whoever is killed in between leaves the one from before.
    writeFileSync(`${path}.new`, JSON.stringify(entries), { flush: true, mode: 0o600 })
    renameSync(`${path}.new`, path)
  },
  left() {
    const text = textOf(path)
    return text === null ? [] : v.parse(JournalEntries, JSON.parse(text))
  },
})

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

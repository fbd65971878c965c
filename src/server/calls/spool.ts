import { copyFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { appendFile, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import * as v from 'valibot'
import { JournalEntries, type JournalEntry } from './journalEntry.ts'

/** Keeps what the database could not take yet, for a server after this one. */
export interface Spool {
  /** What a server left, in order, as far as it can be read. Call it before anything else. */
  left(): JournalEntry[]
  /** Append entries; they are on disk when it resolves. After a failure call `replace`. */
  add(entries: readonly JournalEntry[]): Promise<void>
  /** Replace everything. A process killed meanwhile leaves either the old or the new entries. */
  replace(entries: readonly JournalEntry[]): Promise<void>
}

/** Only the owner may read it. */
const MODE = 0o600

export interface SpoolOptions {
  readonly path: string
  /** Part of the file could not be read: it is kept under this name for a person to look at. */
  readonly onBroken: (aside: string) => void
}

/** A spool in a file: each line is a JSON list of entries. The file exists only while the database can't be written to. */
export function createSpool({ path, onBroken }: SpoolOptions): Spool {
  const fresh = `${path}.new`

  function putAside(move: (from: string, to: string) => void): void {
    const aside = `${path}.broken-${Date.now()}`
    move(path, aside)
    onBroken(aside)
  }

  return {
    left() {
      const text = textOf(path)
      if (text === null) {
        putAside(renameSync)
        return []
      }
      const { entries, isWhole, isBroken } = parse(text)
      if (isBroken) putAside(copyFileSync)
      // The next entries must start on a new line.
      if (!isWhole || isBroken) {
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

/** @returns null when it is there and can't be read */
function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? '' : null
  }
}

interface Left {
  readonly entries: JournalEntry[]
  /** Another line can follow. */
  readonly isWhole: boolean
  /** A line is not one of ours. */
  readonly isBroken: boolean
}

/** A process killed while writing leaves part of a line. Nobody was told that it is kept. */
function parse(text: string): Left {
  const lines = text.split('\n')
  // Earlier versions wrote a single list without a line end.
  const last = lines.pop() ?? ''
  const whole = lines.map((line) => v.safeParse(JournalLine, line))
  const rest = v.safeParse(JournalLine, last)
  const isTorn = last !== '' && !rest.success
  return {
    entries: [...whole, rest].flatMap((line) => (line.success ? line.output : [])),
    isWhole: last === '',
    isBroken: whole.some(({ success }) => !success) || (isTorn && whole.length === 0),
  }
}

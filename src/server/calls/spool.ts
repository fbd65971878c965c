import { copyFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { appendFile, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import * as v from 'valibot'
import { JournalEntries, type JournalEntry } from './journalEntry.ts'

/** Keeps what the database could not take yet, for a server after this one. */
export interface Spool {
  /** What a server has left and can be understood, in its order; before anything else. */
  left(): JournalEntry[]
  /** After what is kept; on disk when it resolves. When it failed, `replace` comes next. */
  add(entries: readonly JournalEntry[]): Promise<void>
  /** In the place of what was kept. Whoever is killed meanwhile leaves the one or the other. */
  replace(entries: readonly JournalEntry[]): Promise<void>
}

/** Who may read it: nobody else. */
const MODE = 0o600

export interface SpoolOptions {
  readonly path: string
  /** Not all of it could be understood: it is kept under this name, for a person to look at. */
  readonly onBroken: (aside: string) => void
}

/** A spool in a file, a list of entries in each line. It is there only while the database can't be written to. */
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
      // What is added must begin a line.
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
  /** Something in it is none of ours. */
  readonly isBroken: boolean
}

/** Whoever is killed while writing a line leaves a part of it, which nobody has been told is kept. */
function parse(text: string): Left {
  const lines = text.split('\n')
  // A version before this one wrote everything as one list, without an end of the line.
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

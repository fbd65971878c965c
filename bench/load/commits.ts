import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/**
 * Commits a second of this disk: one short row each, as durable as ours (WAL, `synchronous=FULL`),
 * and nothing else done.
 */
export function commitsPerSecond(durationMs: number): number {
  const directory = mkdtempSync(join(tmpdir(), 'ahoy-commits-'))
  const database = new DatabaseSync(join(directory, 'raw.sqlite'))
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
    database.exec('CREATE TABLE rows (id INTEGER PRIMARY KEY, text TEXT)')
    const insert = database.prepare('INSERT INTO rows (text) VALUES (?)')
    const startedAt = performance.now()
    let commits = 0
    for (; performance.now() - startedAt < durationMs; commits += 1) insert.run('东门见')
    return (commits * 1000) / (performance.now() - startedAt)
  } finally {
    database.close()
    rmSync(directory, { recursive: true, force: true })
  }
}

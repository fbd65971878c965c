import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { OWNER, type Cluster } from './cluster.ts'

/**
 * Have a database of the cluster do something, and wait for it.
 * @returns what it answers, a value a line
 * @throws Error with PostgreSQL's own words
 */
export const psql = ({ programs, host }: Cluster, database: string, sql: string): string =>
  execFileSync(
    join(programs, 'psql'),
    [
      ...['-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1'],
      ...['-h', host, '-U', OWNER, '-d', database, '-c', sql],
    ],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
  )

/** What a server takes as its DATABASE_URL. */
export const urlOf = ({ host }: Cluster, database: string): string =>
  `postgres://${OWNER}@localhost/${database}?host=${encodeURIComponent(host)}`

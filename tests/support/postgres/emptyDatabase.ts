import { randomUUID } from 'node:crypto'
import { inject, onTestFinished } from 'vitest'
import { openPostgres } from '#server/platform/database/postgres.ts'
import type { Database } from '#server/platform/database/database.ts'
import type { Cluster } from './cluster.ts'
import { psql, urlOf } from './psql.ts'

/** A database of this test, in which there is nothing, not even tables. */
export interface EmptyDatabase {
  readonly url: string
  /** Have it do something. @returns what it answers, a value a line */
  readonly ask: (sql: string) => string
  /** Connect as a server does. */
  readonly open: () => Promise<Database>
  /** What was said of connections that broke. */
  readonly lost: readonly Error[]
}

export function clusterOfRun(): Cluster {
  const cluster = inject('postgres')
  if (!cluster) throw new Error('there is no PostgreSQL in this run')
  return cluster
}

/** @param how more of what is said when it is made, such as its encoding */
export function emptyDatabase(how = ''): EmptyDatabase {
  const cluster = clusterOfRun()
  const name = `ahoy_${randomUUID().replaceAll('-', '')}`
  psql(cluster, 'postgres', `CREATE DATABASE ${name} TEMPLATE template0 ${how}`)
  onTestFinished(() => {
    psql(cluster, 'postgres', `DROP DATABASE ${name} WITH (FORCE)`)
  })
  const url = urlOf(cluster, name)
  const lost: Error[] = []
  return {
    url,
    ask: (sql) => psql(cluster, name, sql),
    async open() {
      const db = await openPostgres({ url, onLost: (error) => lost.push(error) })
      onTestFinished(() => db.destroy())
      return db
    },
    lost,
  }
}

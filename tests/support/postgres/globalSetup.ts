import type { TestProject } from 'vitest/node'
import { openPostgres } from '#server/platform/database/postgres.ts'
import { findPostgres } from '../../../scripts/postgres.mjs'
import { startCluster, TEMPLATE, type Cluster } from './cluster.ts'
import { psql, urlOf } from './psql.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Of the run; null: there is none. Nothing at all where tests are to run on SQLite. */
    postgres?: Cluster | null
  }
}

/** One cluster for the run. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const programs = findPostgres()
  if (programs === undefined) {
    process.stdout.write(
      'No PostgreSQL here (Debian: postgresql): its half of the tests is skipped\n',
    )
    project.provide('postgres', null)
    return () => Promise.resolve()
  }
  const cluster = await startCluster(programs)
  psql(cluster, 'postgres', `CREATE DATABASE ${TEMPLATE}`)
  const onLost = (error: Error): never => {
    throw error
  }
  const db = await openPostgres({ url: urlOf(cluster, TEMPLATE), onLost })
  await db.destroy()
  project.provide('postgres', { programs, host: cluster.host })
  return () => cluster.stop()
}

import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { inject, onTestFinished } from 'vitest'
import { logOf, TEMPLATE, type Cluster } from '../postgres/cluster.ts'
import { psql, urlOf } from '../postgres/psql.ts'

type Row = Record<string, string | number | null>

/** What a server keeps, seen from outside of it. */
export interface TestDatabase {
  /** Tells a server that this is its database. */
  readonly env: Readonly<Record<string, string>>
  /** Rows as they are on disk. */
  readonly rows: (sql: string) => Row[]
  /** Change what is on disk behind the server's back. */
  readonly execute: (sql: string) => void
  /** How often two transactions have waited for each other, until one was ended. */
  readonly deadlocks: () => number
  /** Let nothing be written into the feed of somebody. @returns puts it right again */
  readonly breakFeedOf: (userId: string) => () => void
}

function sqliteIn(dataDir: string): TestDatabase {
  const path = join(dataDir, 'ahoy.sqlite')
  const execute: TestDatabase['execute'] = (sql) => {
    const database = new DatabaseSync(path)
    database.exec(sql)
    database.close()
  }
  return {
    env: { DATA_DIR: dataDir },
    rows(sql) {
      const database = new DatabaseSync(path, { readOnly: true })
      const rows = database.prepare(sql).all()
      database.close()
      return rows as Row[]
    },
    execute,
    // There is one connection.
    deadlocks: () => 0,
    breakFeedOf(userId) {
      execute(`CREATE TRIGGER broken BEFORE INSERT ON feed WHEN NEW.user_id = '${userId}'
        BEGIN SELECT RAISE(ABORT, 'on purpose'); END`)
      return () => {
        execute('DROP TRIGGER broken')
      }
    },
  }
}

/** Those that the tests of this file are done with. Emptying one is faster than making another. */
const free: string[] = []

function createOn(cluster: Cluster): string {
  const name = `ahoy_${randomUUID().replaceAll('-', '')}`
  psql(cluster, 'postgres', `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`)
  return name
}

/** Every table is emptied, in no order: references are not looked at meanwhile. */
const EMPTY = `SET session_replication_role = replica;
  DO $$ DECLARE one text; BEGIN
    FOR one IN SELECT tablename FROM pg_tables
      WHERE schemaname = 'public' AND tablename NOT LIKE 'kysely%'
    LOOP EXECUTE format('DELETE FROM %I', one); END LOOP;
  END $$`

function postgresOf(cluster: Cluster, dataDir: string): TestDatabase {
  const name = free.pop() ?? createOn(cluster)
  onTestFinished(() => {
    databases.delete(dataDir)
    psql(cluster, name, EMPTY)
    free.push(name)
  })
  const execute: TestDatabase['execute'] = (sql) => {
    psql(cluster, name, sql)
  }
  return {
    env: { DATA_DIR: dataDir, DATABASE_URL: urlOf(cluster, name) },
    rows: (sql) =>
      JSON.parse(
        psql(cluster, name, `SELECT coalesce(json_agg(found), '[]') FROM (${sql}) AS found`),
      ) as Row[],
    execute,
    deadlocks: () =>
      readFileSync(logOf(cluster), 'utf8')
        .split('\n')
        .filter((line) => line.startsWith(`${name} `) && line.includes('deadlock detected')).length,
    breakFeedOf(userId) {
      const constraint = `ALTER TABLE feed ADD CONSTRAINT broken`
      execute(`${constraint} CHECK (user_id <> '${userId}') NOT VALID`)
      return () => {
        execute('ALTER TABLE feed DROP CONSTRAINT broken')
      }
    },
  }
}

const databases = new Map<string, TestDatabase>()

/** The database of servers with this directory: a file in it, or one in the PostgreSQL of the run. */
export function databaseOf(dataDir: string): TestDatabase {
  const cluster = inject('postgres')
  if (!cluster) return sqliteIn(dataDir)
  const known = databases.get(dataDir) ?? postgresOf(cluster, dataDir)
  databases.set(dataDir, known)
  return known
}

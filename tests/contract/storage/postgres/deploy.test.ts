import { spawnSync } from 'node:child_process'
import { expect, it, onTestFinished } from 'vitest'
import { openPostgres } from '#server/platform/database/postgres.ts'
import { deployText } from '../../../support/deployText.ts'
import { OWNER } from '../../../support/postgres/cluster.ts'
import { clusterOfRun } from '../../../support/postgres/emptyDatabase.ts'
import { psql } from '../../../support/postgres/psql.ts'

/** The owner of the tests' databases is called as the page calls its own. */
const NAME = 'ahoy_of_the_page'
const PASSWORD = 'password'

it('the database of docs/deploy.md is one that a server takes, and can be saved', async () => {
  const cluster = clusterOfRun()
  const { programs, host } = cluster
  onTestFinished(() => {
    psql(cluster, 'postgres', `DROP DATABASE IF EXISTS ${NAME} WITH (FORCE)`)
    psql(cluster, 'postgres', `DROP ROLE IF EXISTS ${NAME}`)
  })
  const env = { PATH: `${programs}:${process.env['PATH'] ?? ''}`, PGHOST: host, PGUSER: OWNER }
  /** Without a terminal the password is asked for where it is given here. */
  const shell = (text: string) => {
    const input = `${PASSWORD}\n${PASSWORD}\n`
    const ran = spawnSync('setsid', ['--wait', 'sh', '-e', '-c', text], { env, input })
    expect(ran.stderr.toString()).not.toMatch(/error|fatal/i)
    expect(ran.status).toBe(0)
    return ran.stdout.toString('latin1')
  }
  const text = deployText('sh').replaceAll(/\bahoy\b/g, NAME)
  const url = shell(`${text}\necho "$DATABASE_URL"`).trim()
  expect(url).toBe(`postgres://${NAME}:${PASSWORD}@db.example.org/${NAME}`)

  const onLost = (error: Error): never => {
    throw error
  }
  const here = url.replace('db.example.org', 'localhost')
  const db = await openPostgres({ url: `${here}?host=${encodeURIComponent(host)}`, onLost })
  await db.destroy()
  expect(shell(`pg_dump --format=custom ${NAME}`)).toMatch(/^PGDMP/)
})

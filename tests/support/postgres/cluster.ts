import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, mkdtempSync, openSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Who owns every database of the tests; there is no password, only a directory that nobody else may enter. */
export const OWNER = 'ahoy'

/** What each database of the tests is a copy of: migrated, and empty. */
export const TEMPLATE = 'ahoy_template'

/** A PostgreSQL of this run's own, reached by a socket in its directory and by nothing else. */
export interface Cluster {
  /** Where `psql` and the others stand. */
  readonly programs: string
  /** The directory of the socket: what PostgreSQL takes for a host. */
  readonly host: string
}

/** What went wrong in its databases, a line each with the name of the database before it. */
export const logOf = ({ host }: Pick<Cluster, 'host'>): string => join(host, 'log')

interface RunningCluster extends Cluster {
  stop(): Promise<void>
}

/** PostgreSQL refuses to run as root; it runs as its own user then, or as nobody. */
function serviceUser(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {}
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n')
  const [line] = ['postgres:', 'nobody:'].flatMap(
    (name) => lines.find((one) => one.startsWith(name)) ?? [],
  )
  const [, , uid, gid] = (line ?? '').split(':')
  if (uid === undefined || gid === undefined) throw new Error('no user for PostgreSQL')
  return { uid: Number(uid), gid: Number(gid) }
}

/** Sorted as no programmer would sort, where it can be: what relies on the order of bytes is found. */
function sortedByLanguage(programs: string): string[] {
  const version = execFileSync(join(programs, 'postgres'), ['--version'], { encoding: 'utf8' })
  const major = Number(/ (\d+)/.exec(version)?.[1])
  return major >= 15 ? ['--locale-provider=icu', '--icu-locale=en'] : []
}

/** It ends with this process, however this one ends: the pipe that the shell reads from breaks. */
const KEEPER = `
  exec 3<&0
  "$@" 3<&- & pid=$!
  { cat <&3 > /dev/null; kill -INT $pid; } 2> /dev/null &
  wait $pid
  rm -rf "$CLUSTER"
`

async function answers({ programs, host }: Cluster, child: ChildProcess): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error('PostgreSQL ended as soon as it was started')
    const args = ['-X', '-h', host, '-U', OWNER, '-d', 'postgres', '-c', 'SELECT 1']
    const asked = spawn(join(programs, 'psql'), args, { stdio: 'ignore' })
    const [code] = (await once(asked, 'exit')) as [number | null]
    if (code === 0) return
  }
}

/**
 * Make a cluster in a directory of its own and start it. Nothing is forced to the disk: it is thrown away.
 * @throws Error when a program of it fails; what it said is on the screen
 */
export async function startCluster(programs: string): Promise<RunningCluster> {
  const user = serviceUser()
  const host = mkdtempSync(join(tmpdir(), 'ahoy-postgres-'))
  if (user.uid !== undefined && user.gid !== undefined) chownSync(host, user.uid, user.gid)
  chmodSync(host, 0o700)
  const data = join(host, 'data')
  const options = { ...user, cwd: host, env: { CLUSTER: host, LC_ALL: 'C' } }
  execFileSync(
    join(programs, 'initdb'),
    [
      ...['-D', data, '-U', OWNER, '-A', 'trust', '-E', 'UTF8', '--no-sync'],
      ...sortedByLanguage(programs),
    ],
    { ...options, stdio: ['ignore', 'ignore', 'inherit'] },
  )
  const settings = [
    'fsync=off',
    'listen_addresses=',
    'max_connections=200',
    'wal_level=minimal',
    'max_wal_senders=0',
    'full_page_writes=off',
    'log_min_messages=error',
    'log_line_prefix=%d ',
  ]
  const server = [join(programs, 'postgres'), '-D', data, '-k', host]
  const command = [...server, ...settings.flatMap((setting) => ['-c', setting])]
  const child = spawn('sh', ['-c', KEEPER, 'keeper', ...command], {
    ...options,
    stdio: ['pipe', 'ignore', openSync(logOf({ host }), 'a')],
    // A key that interrupts the tests must not end it before they have.
    detached: true,
  })
  const ended = once(child, 'exit')
  const cluster = { programs, host }
  await answers(cluster, child)
  return {
    ...cluster,
    async stop() {
      child.stdin?.end()
      await ended
    },
  }
}

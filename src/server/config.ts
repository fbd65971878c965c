import * as v from 'valibot'
import { INVITES_PER_MINUTE, LEG_UNLOAD_GRACE_MS, MESSAGES_PER_WINDOW } from '#shared/limits.ts'

/** Everything that the surroundings decide, checked. */
export interface Config {
  host: string
  port: number
  /** Directory of the database, when that is SQLite. */
  dataDir: string
  /** A database of PostgreSQL, with its password; null: SQLite. */
  databaseUrl: string | null
  /** Directory of the built client. */
  distDir: string
  isProduction: boolean
  /** Origins that may talk to this server besides its own. */
  allowedOrigins: readonly string[]
  /** Names that this server is reached by; null: none are said. */
  publicHosts: readonly string[] | null
  /** Reverse proxies in front of the server, each of which adds one X-Forwarded-For entry. */
  trustedProxies: number
  /** Paths of PEM files; null: plain http. */
  tls: { certPath: string; keyPath: string } | null
  stunUrls: readonly string[]
  turn: { urls: readonly string[]; secret: string } | null
  logLevel: LogLevel
  /** Connections that one address may have open at once. */
  socketsPerAddress: number
  /** Accounts that one address may make in an hour. */
  registrationsPerHour: number
  /** Wrong passwords from one address in 15 minutes. */
  wrongPasswordsPerAddress: number
  /** Messages of one user in ten seconds. */
  messagesPerWindow: number
  /** Calls that one user may start in a minute. */
  callsPerMinute: number
  /** How long a call waits for a page that is reloaded, or was closed, ms [CA10]. */
  reloadGraceMs: number
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
type LogLevel = (typeof LOG_LEVELS)[number]

/** A wrong setting: the text lists each problem with what would be right. */
export class ConfigError extends Error {
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(['The configuration is wrong:', ...problems.map((problem) => `  ${problem}`)].join('\n'))
    this.name = 'ConfigError'
    this.problems = problems
  }
}

const wholeNumber = (min: number, max: number) => {
  const right = `must be a whole number from ${min} to ${max}`
  return v.pipe(
    v.string(),
    v.regex(/^\d{1,9}$/, right),
    v.transform(Number),
    v.minValue(min, right),
    v.maxValue(max, right),
  )
}

const list = (isRight: (entry: string) => boolean, right: string) =>
  v.pipe(
    v.string(),
    v.transform((text) => text.split(',').map((entry) => entry.trim())),
    v.check((entries) => entries.every(isRight), right),
  )

const isOrigin = (text: string): boolean =>
  /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text
/** As a browser writes it into the Host header. */
const isHostName = (text: string): boolean =>
  /^[\w.[\]:-]+$/.test(text) &&
  !/:\d+$/.test(text) &&
  URL.canParse(`http://${text}`) &&
  new URL(`http://${text}`).host === text
const isIceUrl = (schemes: RegExp) => (text: string) => schemes.test(text)

/** Who it is may be left to the system, and the host be a socket of this machine; the name may not. */
const isDatabaseUrl = (text: string): boolean =>
  /^postgres(ql)?:\/\//.test(text) && URL.canParse(text) && new URL(text).pathname.length > 1

const Environment = v.object({
  HOST: v.optional(v.string(), '127.0.0.1'),
  PORT: v.optional(wholeNumber(0, 65_535), '8080'),
  DATA_DIR: v.optional(v.string(), './data'),
  DATABASE_URL: v.optional(
    v.pipe(
      v.string(),
      v.check(
        isDatabaseUrl,
        'must be the URL of a database, such as postgres://ahoy:password@db.example.org/ahoy',
      ),
    ),
  ),
  DIST_DIR: v.optional(v.string(), './dist'),
  NODE_ENV: v.optional(v.string(), 'development'),
  ALLOWED_ORIGINS: v.optional(
    list(isOrigin, 'must be origins parted by commas, such as https://chat.example.org'),
  ),
  PUBLIC_HOSTS: v.optional(
    list(isHostName, 'must be names without a port, parted by commas, such as chat.example.org'),
  ),
  TRUST_PROXY: v.optional(wholeNumber(0, 10), '0'),
  TLS_CERT: v.optional(v.string()),
  TLS_KEY: v.optional(v.string()),
  STUN_URLS: v.optional(
    list(
      isIceUrl(/^stuns?:\S+$/),
      'must be URLs parted by commas, such as stun:stun.example.org:3478',
    ),
  ),
  TURN_URLS: v.optional(
    list(
      isIceUrl(/^turns?:\S+$/),
      'must be URLs parted by commas, such as turn:turn.example.org:3478',
    ),
  ),
  TURN_SECRET: v.optional(v.pipe(v.string(), v.minLength(8, 'must have 8 characters or more'))),
  LOG_LEVEL: v.optional(v.picklist(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`), 'info'),
  SOCKETS_PER_ADDRESS: v.optional(wholeNumber(1, 1_000_000), '2000'),
  REGISTRATIONS_PER_HOUR: v.optional(wholeNumber(1, 1_000_000), '10'),
  WRONG_PASSWORDS_PER_ADDRESS: v.optional(wholeNumber(1, 1_000_000), '20'),
  MESSAGES_PER_10_SECONDS: v.optional(wholeNumber(1, 1_000_000), String(MESSAGES_PER_WINDOW)),
  CALLS_PER_MINUTE: v.optional(wholeNumber(1, 1_000_000), String(INVITES_PER_MINUTE)),
  RELOAD_GRACE_SECONDS: v.optional(wholeNumber(1, 30), String(LEG_UNLOAD_GRACE_MS / 1_000)),
})
type Environment = v.InferOutput<typeof Environment>

/** Of these even a wrong value must not reach a terminal or a log. */
const SECRETS = new Set(['TURN_SECRET', 'DATABASE_URL'])

function describe(issue: v.BaseIssue<unknown>): string {
  const name = v.getDotPath(issue) ?? ''
  return SECRETS.has(name)
    ? `${name} ${issue.message}`
    : `${name} ${issue.message}, is ${shown(issue, name)}`
}

function shown(issue: v.BaseIssue<unknown>, name: string): string {
  const value = issue.path?.find((part) => part.key === name)?.value
  return JSON.stringify(value)
}

/** Settings that only make sense together. */
function incomplete(env: Environment): string[] {
  return [...halves(env), ...namelessBehindProxy(env)]
}

/** Behind a proxy the server is asked by the name of the site, which it can't know by itself. */
function namelessBehindProxy(env: Environment): string[] {
  const isNamed = env.PUBLIC_HOSTS !== undefined || env.ALLOWED_ORIGINS !== undefined
  if (isNamed || env.TRUST_PROXY === 0 || env.NODE_ENV !== 'production') return []
  return [
    'PUBLIC_HOSTS is missing, and TRUST_PROXY needs it: the names of the site, such as chat.example.org',
  ]
}

function halves(env: Environment): string[] {
  const pairs = [
    ['TLS_CERT', 'TLS_KEY'],
    ['TURN_URLS', 'TURN_SECRET'],
  ] as const
  return pairs.flatMap(([one, other]) => {
    if ((env[one] === undefined) === (env[other] === undefined)) return []
    const [missing, given] = env[one] === undefined ? [one, other] : [other, one]
    return [`${missing} is missing, and ${given} needs it`]
  })
}

const tlsOf = ({ TLS_CERT: certPath, TLS_KEY: keyPath }: Environment): Config['tls'] =>
  certPath && keyPath ? { certPath, keyPath } : null

const turnOf = ({ TURN_URLS: urls, TURN_SECRET: secret }: Environment): Config['turn'] =>
  urls && secret ? { urls, secret } : null

/**
 * Read the configuration from environment variables; an empty one counts as not set.
 * @throws ConfigError naming every wrong value
 */
export function loadConfig(variables: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''))
  const parsed = v.safeParse(Environment, given)
  if (!parsed.success) throw new ConfigError(parsed.issues.map(describe))
  const env = parsed.output
  const problems = incomplete(env)
  if (problems.length > 0) throw new ConfigError(problems)
  return {
    host: env.HOST,
    port: env.PORT,
    dataDir: env.DATA_DIR,
    databaseUrl: env.DATABASE_URL ?? null,
    distDir: env.DIST_DIR,
    isProduction: env.NODE_ENV === 'production',
    allowedOrigins: env.ALLOWED_ORIGINS ?? [],
    publicHosts: env.PUBLIC_HOSTS ?? null,
    trustedProxies: env.TRUST_PROXY,
    tls: tlsOf(env),
    stunUrls: env.STUN_URLS ?? [],
    turn: turnOf(env),
    logLevel: env.LOG_LEVEL,
    socketsPerAddress: env.SOCKETS_PER_ADDRESS,
    registrationsPerHour: env.REGISTRATIONS_PER_HOUR,
    wrongPasswordsPerAddress: env.WRONG_PASSWORDS_PER_ADDRESS,
    messagesPerWindow: env.MESSAGES_PER_10_SECONDS,
    callsPerMinute: env.CALLS_PER_MINUTE,
    reloadGraceMs: env.RELOAD_GRACE_SECONDS * 1_000,
  }
}

import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { createAccounts, createPasswordHasher, type PasswordCost } from '#server/accounts/index.ts'
import { createCallJournal } from '#server/calls/callJournal.ts'
import type { CallJournal } from '#server/calls/callRepository.ts'
import { createCalls, type Calls } from '#server/calls/index.ts'
import { createSpool, type Spool } from '#server/calls/spool.ts'
import { createChat, feedMessages, type Chat, type ChatOptions } from '#server/chat/index.ts'
import { contactsAmong, createContacts, refusalOf } from '#server/contacts/index.ts'
import { createFeed, createFeedHandlers, type Feed } from '#server/feed/index.ts'
import { createPresence } from '#server/presence/index.ts'
import { createLocalBus, type Bus } from '#server/platform/bus/bus.ts'
import { systemClock, type Clock } from '#server/platform/clock.ts'
import { openDatabase, type Database } from '#server/platform/database/database.ts'
import { openPostgres } from '#server/platform/database/postgres.ts'
import { createGateway, type Gateway } from '#server/platform/gateway/gateway.ts'
import { addHealth } from '#server/platform/health.ts'
import { DEADLINES, type Deadlines } from '#server/platform/http/deadlines.ts'
import { createHostPolicy } from '#server/platform/http/hosts.ts'
import { createHttp } from '#server/platform/http/http.ts'
import { createOriginPolicy } from '#server/platform/http/origin.ts'
import { serveClient } from '#server/platform/http/staticFiles.ts'
import { createAddressLimit } from '#server/platform/limits/addressLimit.ts'
import { createLimits } from '#server/platform/limits/limits.ts'
import { createLog, type Log } from '#server/platform/log/log.ts'
import { createTurns } from '#server/platform/turns.ts'
import type { Config } from './config.ts'
import { createDemoAccounts } from './demo.ts'

/** How long a closing server waits for pending writes, ms. */
const STOP_GRACE_MS = 3_000

export interface AppOptions {
  config: Config
  /** PEM texts; null: plain http. */
  tls?: { cert: string; key: string } | null
  clock?: Clock
  log?: Log
  /** What a password hash costs; tests take less. */
  passwordCost?: PasswordCost
  /** How long a connection may take; tests take less. */
  deadlines?: Deadlines
}

/** The whole server, not listening yet. */
export interface App {
  http: FastifyInstance
  bus: Bus
  chat: Chat
  journal: CallJournal
  calls: Calls
  gateway: Gateway
  /** Stop taking requests, end what runs, close the database. */
  close(): Promise<void>
}

function open({ databaseUrl, dataDir }: Config, log: Log): Promise<Database> {
  if (databaseUrl === null) return openDatabase(dataDir)
  const onLost = (err: Error): void => {
    log.warn({ err }, 'a connection to the database was lost')
  }
  const onLate = (err: Error): void => {
    log.warn({ err }, 'the database took too long')
  }
  return openPostgres({ url: databaseUrl, onLost, onLate })
}

/** What every room stands on. */
async function createGround({ config, log, clock }: { config: Config; log: Log; clock: Clock }) {
  return {
    db: await open(config, log),
    bus: createLocalBus(),
    clock,
    now: () => clock.now(),
    log,
    limits: createLimits(config),
  }
}

/** Entries that can't be read don't keep the server from starting. */
function openSpool({ dataDir }: Config, log: Log): Spool {
  const path = join(dataDir, 'calls.unwritten.json')
  const onBroken = (aside: string): void => {
    log.error({ path, aside }, 'what is left of calls could not all be read, and was put aside')
  }
  return createSpool({ path, onBroken })
}

/** What decides whether a request or a socket is let in. */
function createDoors(config: Config, log: Log) {
  const sockets = createAddressLimit({
    max: config.socketsPerAddress,
    onFull: (ip) => {
      log.warn({ ip }, 'an address has as many connections as SOCKETS_PER_ADDRESS allows')
    },
  })
  return {
    log,
    origins: createOriginPolicy(config),
    hosts: createHostPolicy(config),
    sockets,
    trustedProxies: config.trustedProxies,
  }
}

/** Cuts writes that the database holds up. What is left of the calls goes into the spool then. */
async function endWriting(db: Database, stopped: Promise<unknown>): Promise<void> {
  await Promise.race([stopped, pause(STOP_GRACE_MS, null, { ref: false })])
  await db.destroy()
  await stopped
}

/** The feed and the conversations, which are made for each other. */
function createConversations(
  base: Omit<ChatOptions, 'feed' | 'contactsAmong' | 'refusalOf' | 'takeTurn'> & {
    bus: Bus
    now: () => number
  },
): {
  feed: Feed
  chat: Chat
  handlers: Chat['handlers'] & ReturnType<typeof createFeedHandlers>
  stop: () => Promise<unknown>
} {
  const takeTurn = createTurns()
  const feed = createFeed({ ...base, takeTurn, messages: feedMessages })
  const chat = createChat({ ...base, feed, contactsAmong, refusalOf, takeTurn })
  return {
    feed,
    chat,
    handlers: { ...chat.handlers, ...createFeedHandlers(feed, chat.reached) },
    stop: () => Promise.all([chat.stop(), feed.stop()]),
  }
}

/**
 * Build every room without listening, so that tests need no port.
 * @throws Error when the database cannot be opened or brought up to date
 */
export async function buildApp(options: AppOptions): Promise<App> {
  const { config, tls = null, clock = systemClock, deadlines = DEADLINES, passwordCost } = options
  const { log = createLog(config.logLevel) } = options

  const ground = await createGround({ config, log, clock })
  const { db, bus, now, limits } = ground
  const doors = createDoors(config, log)
  const http = createHttp({ ...doors, tls, deadlines })
  addHealth({ http, db, clock })
  const hasher = createPasswordHasher(passwordCost)

  const base = { ...ground, http }
  const accounts = createAccounts({ ...base, origins: doors.origins, hasher })
  const { feed, chat, ...written } = createConversations({ ...base, accounts })
  const contacts = createContacts({
    ...base,
    accounts,
    feed,
    chat,
    onReachChanged(userId, otherId) {
      calls.part(userId, otherId)
      presence.reachChanged(userId, otherId)
    },
  })
  const presence = createPresence({ ...base, accounts, feed, chat })
  const journal = createCallJournal({ db, chat, now })
  if (!config.isProduction) await createDemoAccounts({ db, chat, hasher, now })

  const epoch = randomUUID()
  const calls = createCalls({
    ...base,
    epoch,
    ice: config,
    journal,
    spool: openSpool(config, log),
    invites: limits.invites,
    reloadGraceMs: config.reloadGraceMs,
    refusal: contacts.refusal,
    userView: accounts.userView,
  })
  await calls.restore()
  const gateway = createGateway({
    ...doors,
    server: http.server,
    upgradeMs: deadlines.upgrade,
    epoch,
    clock,
    now: calls.now,
    bus,
    authenticate: accounts.authenticate,
    handlers: { ...calls.handlers, ...written.handlers, ...presence.handlers },
    legs: presence.watch(calls.legs),
  })

  await serveClient(http, config.distDir)
  await http.ready()

  async function close(): Promise<void> {
    presence.stop()
    gateway.close()
    await http.close()
    await endWriting(db, Promise.all([calls.stop(), written.stop()]))
  }
  return { http, bus, chat, journal, calls, gateway, close }
}

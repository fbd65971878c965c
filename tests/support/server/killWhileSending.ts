import { randomInt } from 'node:crypto'
import * as v from 'valibot'
import { uuidv7 } from 'uuidv7'
import { onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { nextOf, type OutboxItem } from '#client/chat/outbox/outbox.ts'
import { createOutboxPump } from '#client/chat/outbox/outboxPump.ts'
import { createSocketService } from '#client/platform/socket/createSocketService.ts'
import { logIn } from './logIn.ts'
import { createTempDir } from './testApp.ts'
import { databaseOf, type TestDatabase } from './testDatabase.ts'
import { startServer, type ServerProcess } from './serverProcess.ts'

export interface Killed {
  /** What the database holds at the end, in the order of its numbers. */
  readonly texts: readonly string[]
  readonly seqs: readonly number[]
  /** How many were acknowledged when each of the kills came. */
  readonly acknowledgedBeforeKills: readonly number[]
  readonly kills: number
}

/** A client with a full outbox, and a server that dies again and again while it empties. */
export async function killWhileSending(options: {
  messages: number
  kills: number
}): Promise<Killed> {
  const dataDir = await createTempDir()
  const database = databaseOf(dataDir)
  const env = { ...database.env, LOG_LEVEL: 'silent', MESSAGES_PER_10_SECONDS: '1000000' }
  let server: ServerProcess = await startServer(env)
  const origin = await server.address()
  const port = new URL(origin).port
  const client = createClient({ origin, ...(await logIn(origin)), messages: options.messages })
  const acknowledged: number[] = []
  for (let kill = 0; kill < options.kills; kill += 1) {
    // At a random message of this part of the way.
    const part = options.messages / (options.kills + 1)
    await client.until(Math.floor(part * kill) + randomInt(1, Math.floor(part)))
    acknowledged.push(client.sent())
    server.signal('SIGKILL')
    await server.exited
    server = await startServer({ ...env, PORT: port })
    await server.address()
    client.wake()
  }
  await client.until(options.messages)
  client.close()
  server.signal('SIGKILL')
  await server.exited
  const rows = readMessages(database)
  return { ...rows, acknowledgedBeforeKills: acknowledged, kills: acknowledged.length }
}

function readMessages({ rows: rowsOf }: TestDatabase): { texts: string[]; seqs: number[] } {
  const rows = rowsOf('SELECT seq, body FROM messages ORDER BY seq')
  const Body = v.object({ text: v.string() })
  return {
    texts: rows.map(({ body }) => v.parse(Body, JSON.parse(String(body))).text),
    seqs: rows.map(({ seq }) => Number(seq)),
  }
}

interface ClientOptions {
  origin: string
  cookie: string
  userId: string
  conversationId: string
  messages: number
}

/** The socket and the outbox of a real client. */
function createClient({ origin, cookie, userId, conversationId, messages }: ClientOptions) {
  let items: readonly OutboxItem[] = Array.from({ length: messages }, (_, n) => ({
    id: uuidv7(),
    conversationId,
    text: `message ${n}`,
    order: n,
    createdAt: n,
    failure: null,
  }))
  let sent = 0
  const waiting = new Set<() => void>()
  // A link that goes and comes makes it wait ever longer; what is tested here is not how long.
  let wake = (): void => undefined
  const socket = createSocketService({
    url: `${origin.replace('http', 'ws')}/ws`,
    deviceId: uuidv7(),
    legId: uuidv7(),
    whyRefused: () => Promise.resolve(null),
    wakeUps: {
      onOnline(handler) {
        wake = handler
      },
      onVisible: () => undefined,
      onUnload: () => undefined,
    },
    WebSocket: class extends WebSocket {
      constructor(url: string) {
        super(url, { headers: { cookie, origin } })
      }
    },
  })
  const pump = createOutboxPump({
    next: () => nextOf(items),
    send: async ({ id, text }) =>
      (await socket.request('chat.send', { id, conversationId, text })).message,
    onSent: (_, { id }) => {
      items = items.filter((item) => item.id !== id)
      sent += 1
      for (const look of waiting) look()
    },
    onRefused: ({ text }, code) => {
      throw new Error(`${text} was refused: ${code}`)
    },
    after: (ms, run) => {
      const timer = setTimeout(run, ms)
      return () => {
        clearTimeout(timer)
      }
    },
  })
  socket.onStatus((status) => {
    if (status === 'online') pump.wake()
  })
  socket.open(userId)
  const close = (): void => {
    pump.stop()
    socket.close()
  }
  onTestFinished(close)
  return {
    close,
    wake: () => {
      wake()
    },
    sent: () => sent,
    until: (count: number): Promise<void> =>
      new Promise((resolve) => {
        const look = (): void => {
          if (sent < count) return
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        look()
      }),
  }
}

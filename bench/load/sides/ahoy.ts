import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import type { WebSocket } from 'ws'
import { CANDIDATES_PER_GENERATION, PROTOCOL_VERSION } from '../../../src/shared/limits.ts'
import type { RequestBody, RequestType } from '../../../src/shared/protocol/envelope.ts'
import { nextFrame, openSocket } from '../openSocket.ts'
import { makePeople, type Person } from '../people.ts'
import { startServer } from '../serverProcess.ts'
import type { Line, LoadClient, Side, SideOptions } from '../side.ts'
import type { Signal } from '../signals.ts'

export interface AhoyLine extends Line {
  readonly userId: string
  readonly legId: string
  /** Of the two who know each other. */
  readonly conversationId: string
  /** Say a request and wait for its reply. */
  ask<T extends RequestType>(type: T, body: RequestBody<T>): Promise<void>
  /** A request whose reply nobody waits for here; it is answered all the same. */
  write<T extends RequestType>(type: T, body: RequestBody<T>): string
}

/** Our server as it runs in production, with people who are logged in. @param more of its settings */
export async function startAhoy(
  { clients }: SideOptions,
  more: Record<string, string> = {},
): Promise<Side> {
  const dataDir = await mkdtemp(join(tmpdir(), 'ahoy-bench-'))
  const people = await makePeople(dataDir, clients)
  const env = { DATA_DIR: dataDir, PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'warn', ...more }
  const server = await startServer('src/server/main.ts', env)
  return {
    ...server,
    name: 'Ahoy',
    open(index) {
      const person = people[index]
      if (person === undefined) throw new Error(`there are only ${people.length} people`)
      return openLine(server.url, person)
    },
    join: (a, b) => call(a as AhoyLine, b as AhoyLine),
    async stop() {
      await server.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** A socket of somebody who is logged in, after its hello. */
export async function openLine(url: string, person: Person): Promise<AhoyLine> {
  const headers = { cookie: `ahoy=${person.token}`, origin: url }
  const socket = openSocket({ url, path: '/ws', headers })
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  const line = lineOf(socket, person)
  const { legId } = line
  const deviceId = randomUUID()
  const { userId } = person
  const body = { protocol: PROTOCOL_VERSION, deviceId, legId, userId, received: 0, epoch: null }
  await line.ask('hello', body)
  return line
}

function lineOf(socket: WebSocket, { userId, conversationId }: Person): AhoyLine {
  let lastId = 0
  let received = 0
  socket.on('message', (frame: Buffer) => {
    received = numberOf(frame) ?? received
  })
  const write: AhoyLine['write'] = (type, body) => JSON.stringify({ id: (lastId += 1), type, body })
  return {
    socket,
    userId,
    conversationId,
    legId: randomUUID(),
    write,
    beat: () => write('ping', { received }),
    async ask(type, body) {
      const frame = write(type, body)
      const start = `{"replyTo":${lastId},`
      const replied = nextFrame(socket, (text) => text.startsWith(start))
      socket.send(frame)
      const reply = await replied
      if (!reply.includes('"ok":true')) throw new Error(`${type}: ${reply}`)
    },
  }
}

/** Call frames begin with their number. */
function numberOf(frame: Buffer): number | null {
  const match = /^\{"n":(\d+),/.exec(frame.toString('latin1', 0, 24))
  return match === null ? null : Number(match[1])
}

/** A real call: the server relays nothing that is not within one. */
async function call(
  caller: AhoyLine,
  callee: AhoyLine,
): Promise<readonly [LoadClient, LoadClient]> {
  const callId = uuidv7()
  const coming = nextFrame(callee.socket, (text) => text.includes('"type":"call.coming"'))
  await caller.ask('call.invite', { callId, calleeId: callee.userId, kind: 'video' })
  await coming
  await callee.ask('call.ringing', { callId, audible: true, visible: true, early: true })
  await callee.ask('call.accept', { callId })
  return [clientOf(caller, callee, callId), clientOf(callee, caller, callId)]
}

function clientOf(line: AhoyLine, { legId: toLeg }: AhoyLine, callId: string): LoadClient {
  let candidates = 0
  function frameOf({ kind, text }: Signal): string {
    if (kind === 'offer')
      return line.write('call.offer', { callId, generation: 1, sdp: text, toLeg })
    // As many as a generation may have [CA15], then the next one.
    const generation = 1 + Math.floor(candidates / CANDIDATES_PER_GENERATION)
    candidates += 1
    const candidate = { candidate: text, sdpMLineIndex: 0, sdpMid: '0', usernameFragment: '4ZcD' }
    return line.write('call.candidate', { callId, generation, candidate, toLeg })
  }
  return { ...line, frameOf, isRefusal: (frame) => frame.includes('"ok":false') }
}

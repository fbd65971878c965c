import { SOCKETS_PER_USER } from '#shared/limits.ts'
import { CLOSE_CODES } from '#shared/protocol/envelope.ts'
import type { Bus } from '#server/platform/bus/bus.ts'
import type { Clock } from '#server/platform/clock.ts'
import { Connection, type OpenSocket, type SocketOwner } from './connection.ts'
import { createConnections, type Connections } from './connections.ts'
import { pushFrame } from './frames.ts'
import type { FrameHandlers, LegListener } from './handlers.ts'
import { startHeartbeat } from './heartbeat.ts'
import { createReceiver } from './receive.ts'
import { acceptUpgrades, type UpgradeOptions } from './upgrade.ts'

export interface GatewayOptions extends Omit<UpgradeOptions, 'open'> {
  readonly epoch: string
  readonly clock: Clock
  /** The time that tabs are told, ms UTC. */
  readonly now: () => number
  readonly bus: Bus
  readonly handlers: FrameHandlers
  readonly legs: LegListener
}

export interface Gateway {
  readonly connectionCount: number
  /** Say "restart" (1012) to everybody and take nobody new. */
  close(): void
}

/** The WebSockets of this process: who may open one, that they live, and what goes out on them. */
export function createGateway(options: GatewayOptions): Gateway {
  const { clock } = options
  const connections = createConnections()
  const stopAccepting = acceptUpgrades({ ...options, open: createOpener(options, connections) })
  hearBus(options.bus, connections)
  const stopHeartbeat = startHeartbeat(connections, clock)

  return {
    get connectionCount() {
      return connections.size
    },
    close() {
      stopHeartbeat()
      stopAccepting()
      for (const connection of connections.all()) connection.close(1012)
    },
  }
}

type Opener = (opened: OpenSocket, owner: SocketOwner) => void

/** What happens on a socket from its first moment to its last. */
function createOpener(options: GatewayOptions, connections: Connections): Opener {
  const { clock, log, legs } = options
  const receive = createReceiver({
    ...options,
    elapsed: () => clock.elapsed(),
    supersede: (leg) => {
      for (const older of connections.ofLeg(leg)) older.close(CLOSE_CODES.superseded)
    },
  })

  // One function for all of them: what is made for each socket takes memory in each.
  const logError = (err: Error): void => {
    log.debug({ err }, 'socket error')
  }

  return (opened, owner) => {
    const { socket } = opened
    const connection = new Connection(opened, owner, clock.elapsed())
    socket.on('error', logError)
    if (connections.countOf(owner.userId) >= SOCKETS_PER_USER) {
      connection.close(CLOSE_CODES.tooMany)
      return
    }
    connections.add(connection)
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      // We have closed it: what still comes is not heard, or a log-out would end nothing.
      if (socket.readyState !== socket.OPEN) return
      // 1003: we speak text (RFC 6455 7.4.1).
      if (isBinary) connection.close(1003)
      else receive(connection, data)
    })
    socket.on('pong', () => {
      connection.seenAt = clock.elapsed()
    })
    socket.on('close', (code) => {
      connections.remove(connection)
      // Its `bye` may not have got out any more; this a browser says by itself.
      const unloading = connection.unloading || code === GOING_AWAY
      if (connection.leg !== null) legs.detached(connection.leg, connection, unloading)
    })
  }
}

/** A tab is closed, or leaves for another page (RFC 6455 7.4.1). */
const GOING_AWAY = 1001

function hearBus(bus: Bus, connections: Connections): void {
  bus.onPush((userId, push) => {
    // Most of a group may have no tab open: for them nothing is put into words.
    let text: string | null = null
    for (const connection of connections.of(userId)) {
      if (connection.leg !== null) connection.send((text ??= pushFrame(push)))
    }
  })
  bus.onSessionEnded((sessionId) => {
    for (const connection of connections.ofSession(sessionId)) {
      // Nobody comes back with this session: its calls need not wait long.
      connection.unloading = true
      connection.close(CLOSE_CODES.signedOut)
    }
  })
}

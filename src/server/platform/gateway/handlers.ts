import type { RequestBody, RequestReply, RequestType } from '#shared/protocol/envelope.ts'
import type { TabLeg } from './connection.ts'

/** The rooms' answers to frames; `hello`, `ping` and `bye` are the gateway's own. */
export type RoomRequestType = Exclude<RequestType, 'hello' | 'ping' | 'bye'>
export type FrameHandlers = {
  readonly [T in RoomRequestType]: (
    by: TabLeg,
    body: RequestBody<T>,
  ) => RequestReply<T> | Promise<RequestReply<T>>
}

/** What a room that keeps state per tab is told of its sockets. */
export interface LegListener {
  /** Said hello; `connection` writes to it until `detached`. */
  attached(
    leg: TabLeg,
    connection: LegConnection,
    received: { n: number; epoch: string | null },
  ): void
  /** The tab has handled everything up to `n`. */
  acknowledged(leg: TabLeg, n: number): void
  detached(leg: TabLeg, connection: LegConnection, unloading: boolean): void
  /** Number of the last frame that was sent to the leg. */
  sentTo(leg: TabLeg): number
}

export interface LegConnection {
  /** Send the bytes of a text frame. */
  send(frame: Buffer): void
}

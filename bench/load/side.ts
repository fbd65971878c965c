import type { WebSocket } from 'ws'
import type { ServerProcess } from './serverProcess.ts'
import type { Signal } from './signals.ts'

/** A socket that its server knows. */
export interface Line {
  readonly socket: WebSocket
  /** The frame by which this side's own client shows that it lives, or null. */
  beat(): string | null
}

/** One end of a pair. */
export interface LoadClient extends Line {
  /** The frame that carries a signal to the other end. */
  frameOf(signal: Signal): string
  /** The server says that it did not relay. */
  isRefusal(frame: Buffer): boolean
}

/** A server under load, spoken to as its own client would. */
export interface Side extends ServerProcess {
  readonly name: string
  /** The `index`th client connects, and logs in where there is such a thing. */
  open(index: number): Promise<Line>
  /** Two connected clients come so far that each may signal to the other. */
  join(a: Line, b: Line): Promise<readonly [LoadClient, LoadClient]>
}

export interface SideOptions {
  /** Clients that will connect. */
  readonly clients: number
}

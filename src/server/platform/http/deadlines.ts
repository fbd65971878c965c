const SECOND_MS = 1_000

/** How long a connection may take for what, ms. After that it is closed, whoever holds it open. */
export interface Deadlines {
  /** The handshake of TLS; the head of a request, from its first moment. */
  readonly head: number
  /** A whole request, with its body [S26]. */
  readonly request: number
  /** Nothing moves in either direction. */
  readonly silence: number
  /** From the head of a request to the last byte of its answer, however slowly it is read. */
  readonly answer: number
  /**
   * Between two requests. A request sent just as the connection closes gets no answer, so this is
   * longer than the 60 s for which nginx and most load balancers keep an idle connection.
   */
  readonly idle: number
  /** An upgrade that is not a WebSocket yet, or is refused. */
  readonly upgrade: number
  /** How often `head` and `request` are looked at. */
  readonly look: number
}

export const DEADLINES: Deadlines = {
  head: 10 * SECOND_MS,
  request: 30 * SECOND_MS,
  silence: 60 * SECOND_MS,
  answer: 10 * 60 * SECOND_MS,
  idle: 75 * SECOND_MS,
  upgrade: 10 * SECOND_MS,
  look: 5 * SECOND_MS,
}

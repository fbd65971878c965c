import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** The answers that are under way, on each connection. */
export interface Answers {
  begin(response: ServerResponse, socket: Socket): void
  /** A part of one has been sent: whatever else is written would be read as the rest of it. */
  hasBegun(socket: Socket): boolean
}

/** @param ms Who reads an answer a byte at a time is never silent: after this it is cut off. */
export function createAnswers(ms: number): Answers {
  const bySocket = new WeakMap<Socket, Set<ServerResponse>>()
  return {
    begin(response, socket) {
      const own = bySocket.get(socket) ?? new Set()
      bySocket.set(socket, own.add(response))
      const late = setTimeout(() => {
        socket.destroy()
      }, ms).unref()
      response.once('close', () => {
        clearTimeout(late)
        own.delete(response)
      })
    },
    hasBegun: (socket) => [...(bySocket.get(socket) ?? [])].some(({ headersSent }) => headersSent),
  }
}

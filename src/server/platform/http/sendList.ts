import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import type { TakeTurn } from '../turns.ts'

/** How many characters are serialised in one turn, plus the rest of the last item. */
export const CHARS_TOGETHER = 200_000

/** Answer with `{ [name]: list }` as JSON, serialised in pieces so that a long list blocks nobody. */
export function sendList(
  reply: FastifyReply,
  { name, list, takeTurn }: { name: string; list: readonly object[]; takeTurn: TakeTurn },
): FastifyReply {
  const pieces = piecesOf(name, list, takeTurn)
  return reply.type('application/json; charset=utf-8').send(Readable.from(pieces))
}

async function* piecesOf(
  name: string,
  list: readonly object[],
  takeTurn: TakeTurn,
): AsyncGenerator<string> {
  let piece = `{${JSON.stringify(name)}:[`
  for (const [at, one] of list.entries()) {
    if (piece.length > CHARS_TOGETHER) {
      yield piece
      await takeTurn()
      piece = ''
    }
    piece += (at === 0 ? '' : ',') + JSON.stringify(one)
  }
  yield `${piece}]}`
}

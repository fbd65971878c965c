import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import type { TakeTurn } from '../turns.ts'

/** So much is put into words in one turn; the last one of it may be longer. */
export const CHARS_TOGETHER = 200_000

/** Answer with an object that has this list and nothing else, as JSON that is written bit by bit. */
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

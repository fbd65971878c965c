import { fastify } from 'fastify'
import { expect, it } from 'vitest'
import { CHARS_TOGETHER, sendList } from '#server/platform/http/sendList.ts'

async function ask(list: readonly object[]) {
  let turns = 0
  const takeTurn = (): Promise<void> => {
    turns += 1
    return Promise.resolve()
  }
  const http = fastify()
  http.get('/', (_, reply) => sendList(reply, { name: 'list', list, takeTurn }))
  const answer = await http.inject('/')
  return { body: answer.body, type: answer.headers['content-type'], turns }
}

it.each([
  ['nothing', [], 0],
  ['little', [{ a: 1 }, { b: '二' }], 0],
  ['much', Array(6).fill({ text: '好'.repeat(CHARS_TOGETHER / 2) }), 2],
])(
  'a list of %s is the JSON that it would be at once, with turns in between',
  async (_, list, turns) => {
    expect(await ask(list)).toEqual({
      body: JSON.stringify({ list }),
      type: 'application/json; charset=utf-8',
      turns,
    })
  },
)

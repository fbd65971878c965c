import { Duplex } from 'node:stream'
import { describe, expect, it } from 'vitest'
import type { WebSocket } from 'ws'
import { Connection } from '#server/platform/gateway/connection.ts'

const OWNER = { userId: 'u', sessionId: 's', expiresAt: 0 }

/** A connection whose WebSocket frames nothing, and each write that reaches the network. */
function aConnection() {
  const writes: string[] = []
  const stream = new Duplex({
    decodeStrings: false,
    read() {},
    write(chunk, _encoding, written) {
      writes.push(String(chunk))
      written()
    },
    writev(chunks, written) {
      writes.push(chunks.map(({ chunk }) => String(chunk)).join(' '))
      written()
    },
  })
  const socket = {
    OPEN: 1,
    readyState: 1,
    bufferedAmount: 0,
    send: (text: string) => stream.write(text),
    close: (code: number) => stream.write(`close ${code}`),
  }
  const opened = { socket: socket as unknown as WebSocket, stream }
  return { connection: new Connection(opened, OWNER, 0), writes }
}

describe('a connection', () => {
  it('writes what is sent at once', () => {
    const { connection, writes } = aConnection()
    connection.send('a')
    connection.send('b')
    expect(writes).toEqual(['a', 'b'])
  })

  it('writes what may wait together with the next frame, in order', () => {
    const { connection, writes } = aConnection()
    connection.sendLater('a')
    connection.sendLater('b')
    expect(writes).toEqual([])
    connection.send('c')
    expect(writes).toEqual(['a b c'])
  })

  it('writes what may wait when it is released, once', () => {
    const { connection, writes } = aConnection()
    connection.sendLater('a')
    connection.release()
    connection.release()
    connection.send('b')
    expect(writes).toEqual(['a', 'b'])
  })

  it('writes what may wait before it says why it closes', () => {
    const { connection, writes } = aConnection()
    connection.sendLater('a')
    connection.close(4003)
    expect(writes).toEqual(['a close 4003'])
  })
})

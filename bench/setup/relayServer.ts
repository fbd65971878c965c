import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { WebSocketServer, type WebSocket } from 'ws'

/** Serves the page of the other flow, and hands each frame of a page to the other page. */
export async function startRelayServer(): Promise<{ url: string; close: () => void }> {
  const html = await readFile(new URL('./afterAnswer.html', import.meta.url))
  const server: Server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html')
    response.end(html)
  })
  const pages = new Set<WebSocket>()
  const sockets = new WebSocketServer({ server })
  sockets.on('connection', (socket) => {
    pages.add(socket)
    socket.on('close', () => pages.delete(socket))
    socket.on('message', (data: Buffer) => {
      for (const page of pages) if (page !== socket) page.send(data.toString())
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${String(address.port)}/`,
    close: () => {
      for (const page of pages) page.terminate()
      server.close()
    },
  }
}

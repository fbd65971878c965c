/** The signalling server of many a tutorial: Socket.IO relays what it gets to the socket that is named. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'

const http = createServer()
const io = new Server(http, { transports: ['websocket'], serveClient: false })
io.on('connection', (socket) => {
  socket.on('signal', (to: string, signal: unknown) => {
    io.to(to).emit('signal', { from: socket.id, signal })
  })
})
http.listen(0, '127.0.0.1', () => {
  const { port } = http.address() as AddressInfo
  console.log(`listening http://127.0.0.1:${port}`)
})

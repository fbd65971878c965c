/** PeerJS's server as it comes, but for its limit of 5,000 clients. */
import type { AddressInfo } from 'node:net'
import { PeerServer } from 'peer'

PeerServer({ host: '127.0.0.1', port: 0, concurrent_limit: 50_000 }, (server) => {
  const { port } = server.address() as AddressInfo
  console.log(`listening http://127.0.0.1:${port}`)
})

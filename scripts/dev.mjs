/** `npm run dev`: the app with hot reload, and the server, which restarts when its sources change. */
import { createServer } from 'node:net'
import { demoAccountLines } from './demoAccounts.mjs'
import { installPackages } from './install.mjs'
import { ROOT } from './places.mjs'
import { startServer } from './server.mjs'

/** @returns {Promise<number>} a port that nobody listens on at this moment */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

await installPackages()
const { createServer: createViteServer } = await import('vite')
const port = await freePort()
const target = `http://127.0.0.1:${String(port)}`

const vite = await createViteServer({
  root: ROOT,
  server: {
    host: process.env['HOST'] ?? 'localhost',
    port: Number(process.env['PORT'] ?? 8080),
    strictPort: true,
    // The Host header stays as the browser sent it: the server compares it with the Origin.
    proxy: { '/api': { target }, '/ws': { target, ws: true } },
  },
})

startServer({
  env: { HOST: '127.0.0.1', PORT: String(port) },
  nodeArgs: ['--watch', '--watch-preserve-output'],
  onListening: () => console.log('server: ready'),
})
await vite.listen()
vite.printUrls()
console.log(demoAccountLines(process.env['NODE_ENV']).join('\n'))

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { connect, createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { findNginx } from '../../../scripts/nginx.mjs'
import { createTempDir } from '../server/testApp.ts'
import { deployText } from '../deployText.ts'

export const hasNginx = findNginx() !== undefined

/** Where docs/deploy.md says that Ahoy listens. */
const AHOY = 'http://127.0.0.1:8080'

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** What is in the file is that of docs/deploy.md; around it stands what Debian's nginx.conf gives. */
async function writeConf(directory: string, port: number, ahoy: string): Promise<string> {
  const location = deployText('nginx')
  if (!location.includes(AHOY)) throw new Error(`docs/deploy.md has no ${AHOY}`)
  const kinds = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  const temporary = kinds.map((kind) => `${kind}_temp_path ${join(directory, kind)};`)
  const path = join(directory, 'nginx.conf')
  const conf = `
daemon off;
master_process off;
pid ${join(directory, 'pid')};
error_log stderr;
events {}
http {
  access_log off;
  ${temporary.join('\n  ')}
  server {
    listen 127.0.0.1:${port};
    ${location.replaceAll(AHOY, ahoy)}
  }
}
`
  await writeFile(path, conf)
  return path
}

const isOpen = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => {
      resolve(false)
    })
  })

/** A real nginx in front of the server at `ahoy`. @returns its port, which is not the usual one */
export async function startNginx(ahoy: string): Promise<number> {
  const program = findNginx()
  if (program === undefined) throw new Error('no nginx found')
  const directory = await createTempDir()
  const port = await freePort()
  const conf = await writeConf(directory, port, ahoy)
  const child = spawn(program, ['-e', 'stderr', '-c', conf], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  onTestFinished(async () => {
    child.kill()
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  })
  while (!(await isOpen(port))) {
    if (child.exitCode !== null) throw new Error(`nginx ended with ${child.exitCode}`)
  }
  return port
}

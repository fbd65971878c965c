import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { certificateFor } from '../../scripts/certificate.mjs'
import { NODE, ROOT } from '../../scripts/places.mjs'
import { findTurnserver, turnserverConf } from '../../scripts/turnserver.mjs'
import { SITE_IP, TURN_PORT, type Net } from './net.ts'
import { startService, type Service } from './system.ts'

const PORT = 8443
const SECRET = 'the secret of the lab'

/** Ahoy over https and coturn with docs/turnserver.conf, in the namespace where they stand. */
export async function withSite(net: Net, use: (url: string) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'ahoy-lab-site-'))
  const services: Service[] = []
  try {
    services.push(await startRelay(net, directory))
    services.push(await startAhoy(net, directory))
    await use(`https://${SITE_IP}:${PORT}`)
  } finally {
    await Promise.all(services.map((service) => service.stop()))
    await rm(directory, { recursive: true, force: true })
  }
}

async function startRelay(net: Net, directory: string): Promise<Service> {
  const program = findTurnserver()
  if (program === undefined) throw new Error('no coturn found')
  const path = join(directory, 'turnserver.conf')
  const own = {
    'static-auth-secret': SECRET,
    'listening-port': String(TURN_PORT),
    syslog: '',
    'no-stdout-log': '',
  }
  const conf = turnserverConf(own, [
    `listening-ip=${SITE_IP}`,
    `relay-ip=${SITE_IP}`,
    `pidfile=${join(directory, 'pid')}`,
    `userdb=${join(directory, 'users')}`,
    'log-file=stdout',
  ])
  await writeFile(path, conf)
  const namespace = net.namespaceOf('site')
  return startService({
    namespace,
    program,
    args: ['-c', path],
    ready: /Total General servers/,
  })
}

async function startAhoy(net: Net, directory: string): Promise<Service> {
  const { certPath, keyPath } = await certificateFor(directory, [SITE_IP])
  const turn = `turn:${SITE_IP}:${TURN_PORT}`
  return startService({
    namespace: net.namespaceOf('site'),
    program: NODE,
    args: [join(ROOT, 'src/server/main.ts')],
    ready: /^listening /,
    env: {
      NODE_ENV: 'development',
      LOG_LEVEL: 'warn',
      HOST: '0.0.0.0',
      PORT: String(PORT),
      DATA_DIR: directory,
      DIST_DIR: join(ROOT, 'dist'),
      TLS_CERT: certPath,
      TLS_KEY: keyPath,
      STUN_URLS: `stun:${SITE_IP}:${TURN_PORT}`,
      TURN_URLS: `${turn}?transport=udp,${turn}?transport=tcp`,
      TURN_SECRET: SECRET,
    },
  })
}

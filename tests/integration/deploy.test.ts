import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { request, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../../scripts/places.mjs'
import { deployText } from '../support/deployText.ts'
import { hasNginx, startNginx } from '../support/nginx/nginx.ts'
import { startServer } from '../support/server/serverProcess.ts'
import { openTcp, upgradeHead } from '../support/socket/tcp.ts'

/** The directory of the product, as the unit says it. */
const PLACE = '/opt/ahoy'

/** A line of the unit. */
const lineOf = (key: string): string =>
  new RegExp(`^${key}=(.*)$`, 'm').exec(deployText('ini'))?.[1] ?? ''

/** What the unit sets, but for where the data is. */
function settings(): Record<string, string> {
  const pairs = lineOf('Environment')
    .split(' ')
    .map((pair): [string, string] => {
      const [name = '', value = ''] = pair.split('=')
      return [name, value]
    })
  return Object.fromEntries(pairs.filter(([name]) => name !== 'DATA_DIR'))
}

/** Somebody registers, as a page of the site does. */
async function register(port: number, site: string): Promise<{ status: number; cookie: string }> {
  const asking = request({
    host: '127.0.0.1',
    port,
    path: '/api/accounts',
    method: 'POST',
    headers: { host: site, origin: `http://${site}`, 'content-type': 'application/json' },
  })
  const body = { mobile: '13900000001', password: 'correct horse', nickname: 'Ann' }
  asking.end(JSON.stringify(body))
  const [answer] = (await once(asking, 'response')) as [IncomingMessage]
  await text(answer)
  const [cookie = ''] = answer.headers['set-cookie'] ?? []
  return { status: answer.statusCode ?? 0, cookie: cookie.split(';')[0] ?? '' }
}

describe('the unit of docs/deploy.md', () => {
  it('starts what there is', () => {
    const [program = '', script = ''] = lineOf('ExecStart').split(' ')
    expect(lineOf('WorkingDirectory')).toBe(PLACE)
    expect(existsSync(program.replace(PLACE, ROOT))).toBe(true)
    expect(existsSync(`${ROOT}/${script}`)).toBe(true)
  })
})

describe('the nginx of docs/deploy.md', () => {
  it('[S1] lets people in, also on another port than the usual one', async ({ skip }) => {
    skip(!hasNginx, 'there is no nginx here, and it could not be installed')
    const env = settings()
    const server = await startServer(env)
    const port = await startNginx(await server.address())
    const site = `${env['PUBLIC_HOSTS'] ?? ''}:${port}`
    const { status, cookie } = await register(port, site)
    expect(status).toBe(201)
    const headers = { Host: site, Origin: `http://${site}`, Cookie: cookie }
    const client = await openTcp(`http://127.0.0.1:${port}`, upgradeHead(headers))
    await expect.poll(() => client.text).toMatch('HTTP/1.1 101 ')
  })
})

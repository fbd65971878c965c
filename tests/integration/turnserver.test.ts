import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { iceServersFor } from '#server/calls/iceServers.ts'
import {
  hasIPv6,
  hasTurnserver,
  startTurnserver,
  type Turnserver,
} from '../support/turn/turnserver.ts'
import type { Credentials, TurnClient } from '../support/turn/turnClient.ts'

const SECRET = 'the secret of this test'
const HOUR_MS = 3_600_000

/** What the server gives to one side of a call. */
function credentials({ secret = SECRET, at = Date.now() } = {}): NonNullable<Credentials> {
  const turn = { urls: ['turn:127.0.0.1'], secret }
  const [server] = iceServersFor({ stunUrls: [], turn }, at)
  return { username: server?.username ?? '', password: server?.credential ?? '' }
}

const anotherDay = ({ username, password }: NonNullable<Credentials>): Credentials => {
  const [until, name] = username.split(':')
  return { username: `${Number(until) + 24 * 3_600}:${String(name)}`, password }
}

// coturn of Debian; `npm test` installs it where it may.
describe.skipIf(!hasTurnserver)('coturn with docs/turnserver.conf (skipped without coturn)', () => {
  let relay: Turnserver
  beforeAll(async () => {
    relay = await startTurnserver(SECRET)
  })
  afterAll(() => relay.stop())

  const allocated = async (family: 4 | 6 = 4): Promise<TurnClient> => {
    const client = relay.client(credentials())
    expect(await client.allocate({ family })).toBe('granted')
    return client
  }

  it('[S44] relays for who has the credentials of a call', async () => {
    const client = await allocated()
    expect(await client.permit('9.9.9.9')).toBe('granted')
  })

  it.each([
    ['nobody', null],
    ['credentials that have expired', credentials({ at: Date.now() - 3 * HOUR_MS })],
    ['credentials of another secret', credentials({ secret: 'some other secret' })],
    ['credentials prolonged by who got them', anotherDay(credentials())],
    ['a name without a time', { username: 'anran', password: 'anran' }],
  ])('[S44] relays nothing for %s', async (_, forged) => {
    expect(await relay.client(forged).allocate()).toBe(401)
  })

  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.8.8.8',
    '169.254.169.254',
    '172.31.255.255',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.251',
    '255.255.255.255',
  ])('[S44] leads nobody to %s', async (ip) => {
    const client = await allocated()
    expect(await client.permit(ip)).toBe(403)
    expect(await client.bind(ip)).toBe(403)
  })

  it
    .skipIf(!hasIPv6)
    .each([
      '::',
      '::1',
      '::127.0.0.1',
      '::ffff:127.0.0.1',
      '::ffff:169.254.169.254',
      '64:ff9b::a00:1',
      '2002:a00:1::1',
      'fd00:ec2::254',
      'fe80::1',
      'ff02::1',
    ])('[S44] leads nobody to %s', async (ip) => {
    const client = await allocated(6)
    expect(await client.permit(ip)).toBe(403)
    expect(await client.bind(ip)).toBe(403)
  })

  it.skipIf(!hasIPv6)('[S44] leads to public addresses of IPv6', async () => {
    const client = await allocated(6)
    expect(await client.permit('2620:fe::fe')).toBe('granted')
  })

  it('[S44] opens no TCP connection for anybody', async () => {
    expect(await relay.client(credentials()).allocate({ transport: 'tcp' })).not.toBe('granted')
  })

  it('[S44] stops who takes port after port, and still relays for others', async () => {
    const greedy = credentials()
    const verdicts: unknown[] = []
    for (let nth = 0; nth < 50; nth += 1) verdicts.push(await relay.client(greedy).allocate())
    expect(verdicts[0]).toBe('granted')
    expect(verdicts.at(-1)).toBe(486)
    await allocated()
  })
})

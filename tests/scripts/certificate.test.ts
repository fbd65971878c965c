import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { certificateFor, isUsable } from '../../scripts/certificate.mjs'

const HOSTS = ['localhost', '127.0.0.1', '192.168.1.20']
const YEAR_MS = 366 * 86_400_000

describe('the certificate for a local network', () => {
  let directory = ''
  let pem = ''

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'ahoy-cert-'))
    const { certPath } = await certificateFor(directory, HOSTS)
    pem = await readFile(certPath, 'utf8')
  })

  afterAll(() => rm(directory, { recursive: true }))

  test('names every host', () => {
    expect(isUsable(pem, HOSTS, Date.now())).toBe(true)
  })

  test('does not serve a host that it does not name', () => {
    expect(isUsable(pem, [...HOSTS, '10.0.0.7'], Date.now())).toBe(false)
    expect(isUsable(pem, ['example.org'], Date.now())).toBe(false)
  })

  test('expires', () => {
    expect(isUsable(pem, HOSTS, Date.now() + YEAR_MS)).toBe(false)
  })

  test('is kept while it serves and made anew when the addresses change', async () => {
    const kept = await certificateFor(directory, HOSTS)
    expect(await readFile(kept.certPath, 'utf8')).toBe(pem)
    const renewed = await certificateFor(directory, [...HOSTS, '10.0.0.7'])
    expect(await readFile(renewed.certPath, 'utf8')).not.toBe(pem)
  })

  test('has a key that nobody else may read', async () => {
    const { keyPath } = await certificateFor(directory, HOSTS)
    expect((await stat(keyPath)).mode & 0o777).toBe(0o600)
  })
})

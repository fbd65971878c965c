import { X509Certificate } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join } from 'node:path'

const DAY_MS = 86_400_000
const LIFETIME_DAYS = 365

/**
 * Whether a certificate still serves: it is valid for a day more and names every host.
 * @param {string} pem
 * @param {readonly string[]} hosts names and addresses
 * @param {number} now ms UTC
 */
export function isUsable(pem, hosts, now) {
  const certificate = new X509Certificate(pem)
  const isFresh = Date.parse(certificate.validTo) > now + DAY_MS
  return isFresh && hosts.every((host) => names(certificate, host))
}

/** @returns {boolean} */
const names = (/** @type {X509Certificate} */ certificate, /** @type {string} */ host) =>
  (isIP(host) === 0 ? certificate.checkHost(host) : certificate.checkIP(host)) !== undefined

/**
 * A self-made certificate for these hosts, kept in a directory and made anew when the hosts
 * change or it expires. A browser warns of it once, and then gives the page camera and microphone.
 * @param {string} directory
 * @param {readonly string[]} hosts names and addresses
 * @returns {Promise<{ certPath: string, keyPath: string }>}
 */
export async function certificateFor(directory, hosts) {
  const certPath = join(directory, 'cert.pem')
  const keyPath = join(directory, 'key.pem')
  const isKept = existsSync(keyPath) && existsSync(certPath)
  if (isKept && isUsable(readFileSync(certPath, 'utf8'), hosts, Date.now())) {
    return { certPath, keyPath }
  }
  const { cert, private: key } = await make(hosts)
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  writeFileSync(keyPath, key, { mode: 0o600 })
  chmodSync(keyPath, 0o600)
  writeFileSync(certPath, cert)
  return { certPath, keyPath }
}

/** @param {readonly string[]} hosts */
async function make(hosts) {
  // Only here: a script that starts before the install can't import a package.
  const { generate } = await import('selfsigned')
  const altNames = hosts.map((host) =>
    isIP(host) === 0
      ? { type: /** @type {const} */ (2), value: host }
      : { type: /** @type {const} */ (7), ip: host },
  )
  return generate([{ name: 'commonName', value: 'Ahoy on this network' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notAfterDate: new Date(Date.now() + LIFETIME_DAYS * DAY_MS),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames },
    ],
  })
}

import { networkInterfaces } from 'node:os'

/** @returns {string[]} the IPv4 addresses by which others on this network reach this machine */
export function lanAddresses() {
  return Object.values(networkInterfaces())
    .flatMap((entries) => entries ?? [])
    .filter((entry) => !entry.internal && entry.family === 'IPv4')
    .map((entry) => entry.address)
}

/**
 * What a person is told who wants to call from another device.
 * @param {string} url where the server listens
 * @param {readonly string[]} addresses of this machine
 * @param {(text: string) => string} drawQr
 */
export function lanLines(url, addresses, drawQr) {
  const urls = addresses.map((address) => `https://${address}:${new URL(url).port}`)
  const here = `Ahoy is at https://localhost:${new URL(url).port}`
  const [first] = urls
  if (first === undefined) return [here, 'There is no network: only this machine can reach it.']
  return [
    here,
    'From other devices on this network (the browser warns of the certificate once):',
    ...urls.map((one) => `  ${one}`),
    '',
    drawQr(first),
  ]
}

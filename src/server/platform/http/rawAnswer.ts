import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import type { AppError } from '#shared/errors.ts'
import { SECURITY_HEADERS } from './securityHeaders.ts'
import { statusOf } from './statusOf.ts'

/** A whole answer with an error, for where there is no HTTP application to write it. */
export function rawAnswer(
  error: AppError,
  status = statusOf(error.code),
  more: Readonly<Record<string, string>> = {},
): string {
  const body = JSON.stringify({ error: error.toWire() })
  const headers = {
    ...SECURITY_HEADERS,
    'cache-control': 'no-store',
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
    ...more,
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, ...lines, '', body].join('\r\n')
}

function destroy(this: Duplex): void {
  this.destroy()
}

/** Closes as soon as the answer is sent: `end` alone would wait for the other side to close. */
export function refuse(
  stream: Duplex,
  error: AppError,
  headers?: Readonly<Record<string, string>>,
): void {
  stream.on('error', destroy)
  stream.once('finish', destroy)
  stream.end(rawAnswer(error, undefined, headers))
}

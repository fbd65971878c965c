import { STATUS_CODES } from 'node:http'
import type { AppError } from '#shared/errors.ts'
import { SECURITY_HEADERS } from './securityHeaders.ts'
import { statusOf } from './statusOf.ts'

/** A whole answer with an error, for where there is no HTTP application to write it. */
export function rawAnswer(error: AppError, status = statusOf(error.code)): string {
  const body = JSON.stringify({ error: error.toWire() })
  const headers = {
    ...SECURITY_HEADERS,
    'cache-control': 'no-store',
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, ...lines, '', body].join('\r\n')
}

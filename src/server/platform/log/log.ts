import { pino, type Logger } from 'pino'

/** JSON lines. Never handed bodies, tokens, cookies, passwords or session descriptions. */
export type Log = Logger

/** The second line of defence: what must never be logged is taken out even when somebody passes it. */
const SECRET_PATHS = [
  'password',
  'cookie',
  'token',
  'sdp',
  'candidate',
  'text',
  'headers',
  'body',
].flatMap((name) => [name, `*.${name}`, `*.*.${name}`])

/** @param write where a line goes; stdout when left out */
export function createLog(level: string, write?: (line: string) => void): Log {
  const options = { level, redact: { paths: SECRET_PATHS, censor: '[redacted]' } }
  return write === undefined ? pino(options) : pino(options, { write })
}

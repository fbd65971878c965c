import type { SignalRequest } from './registry/commands.ts'

/**
 * What may pass of a signal whose sender wants to be reached through the relay alone [P1]: none of
 * their own addresses, whatever their browser has written.
 * @returns null when nothing is left of it
 */
export function relayedOnly(request: SignalRequest): SignalRequest | null {
  const { signal, body } = request
  if (signal !== 'call.candidate')
    return { signal, body: { ...body, sdp: descriptionOf(body.sdp) } }
  const { candidate } = body.candidate
  if (!isRelayed(candidate)) return null
  return { signal, body: { ...body, candidate: { ...body.candidate, candidate: bare(candidate) } } }
}

/** The empty one says that there are no more. */
const isRelayed = (candidate: string): boolean =>
  candidate === '' || / typ relay(?: |$)/.test(candidate)

/** Where the relay sees its client is told, too. */
const bare = (candidate: string): string =>
  candidate.replace(/ raddr \S+ rport \d+/, ' raddr 0.0.0.0 rport 9')

function descriptionOf(sdp: string): string {
  return sdp
    .split('\r\n')
    .filter((line) => !line.startsWith('a=candidate:') || isRelayed(line))
    .map((line) => bare(line).replace(/^(c=|a=rtcp:\d+ )IN IP[46] \S+$/, '$1IN IP4 0.0.0.0'))
    .join('\r\n')
}

import { CONTACT_REQUEST_TTL_MS } from '#shared/limits.ts'
import type { ContactRequestView } from '#shared/protocol/contacts.ts'

export type RequestState = 'answerable' | 'waiting' | 'accepted' | 'ignored' | 'expired'

/** What a request is to who looks at it now: the server's word, and the clock between two fetches. */
export function stateOf(request: ContactRequestView, now: number): RequestState {
  if (request.status !== 'pending') return request.status
  if (now - request.createdAt >= CONTACT_REQUEST_TTL_MS) return 'expired'
  return request.direction === 'received' ? 'answerable' : 'waiting'
}

/** Requests of the last three days, and those before. */
export function splitByAge(
  requests: readonly ContactRequestView[],
  now: number,
): { recent: readonly ContactRequestView[]; older: readonly ContactRequestView[] } {
  const isRecent = ({ createdAt }: ContactRequestView): boolean =>
    now - createdAt < CONTACT_REQUEST_TTL_MS
  return {
    recent: requests.filter(isRecent),
    older: requests.filter((request) => !isRecent(request)),
  }
}

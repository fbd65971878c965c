import { CONTACT_REQUEST_TTL_MS } from '#shared/limits.ts'
import type { UserId } from '#shared/ids.ts'
import type { ContactRequestView } from '#shared/protocol/contacts.ts'
import type { StoredRequest } from './requestRepository.ts'

/** A request that nobody accepted in three days is over. */
export function isOpen(request: StoredRequest, now: number): boolean {
  return request.status !== 'accepted' && now - request.createdAt < CONTACT_REQUEST_TTL_MS
}

function statusFor(
  request: StoredRequest,
  viewer: UserId,
  now: number,
): ContactRequestView['status'] {
  if (request.status === 'accepted') return 'accepted'
  const isSender = request.from.id === viewer
  if (request.status === 'ignored' && !isSender) return 'ignored'
  // Who asked can't tell an ignored request from one that was not seen.
  return isOpen(request, now) ? 'pending' : 'expired'
}

/** A request as its sender or its receiver sees it. */
export function viewRequest(
  request: StoredRequest,
  viewer: UserId,
  now: number,
): ContactRequestView {
  const isSender = request.from.id === viewer
  return {
    id: request.id,
    direction: isSender ? 'sent' : 'received',
    user: isSender ? request.to : request.from,
    greeting: request.greeting,
    status: statusFor(request, viewer, now),
    createdAt: request.createdAt,
  }
}

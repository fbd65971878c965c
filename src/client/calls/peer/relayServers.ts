import type { IceServer } from '#shared/protocol/calls.ts'

/** Whether one of these servers relays (TURN), rather than only telling an address (STUN). */
export const hasRelay = (servers: readonly IceServer[]): boolean =>
  servers.some(({ urls }) => urls.some((url) => /^turns?:/i.test(url)))

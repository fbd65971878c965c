import { createHmac, randomUUID } from 'node:crypto'
import type { IceServer } from '#shared/protocol/calls.ts'

export interface IceConfig {
  readonly stunUrls: readonly string[]
  readonly turn: { readonly urls: readonly string[]; readonly secret: string } | null
}

/** How long TURN credentials work. */
const TURN_TTL_S = 2 * 60 * 60

/**
 * STUN and TURN servers for one leg. The TURN credentials are those of coturn's `use-auth-secret`
 * (draft-uberti-behave-turn-rest-00): a user name that says until when, and its HMAC. It carries a
 * random name, so that the relay's log tells nobody who called.
 */
export function iceServersFor({ stunUrls, turn }: IceConfig, nowMs: number): IceServer[] {
  const servers: IceServer[] = stunUrls.length === 0 ? [] : [{ urls: [...stunUrls] }]
  if (turn === null) return servers
  const username = `${String(Math.floor(nowMs / 1000) + TURN_TTL_S)}:${randomUUID()}`
  const credential = createHmac('sha1', turn.secret).update(username).digest('base64')
  return [...servers, { urls: [...turn.urls], username, credential }]
}

import { uuidv4 } from 'uuidv7'

/**
 * The secrets with which this tab takes its place in a call again after a reload [CA12]: the page shows the
 * last one and names the next. The reply may be lost with the page, so two are kept until one is
 * known to count.
 */
export interface ResumeSecrets {
  /** The secrets that may be valid now, newest last; none outside a call. */
  secrets(callId: string): readonly string[]
  /** The secret for this call; the same when asked again. */
  take(callId: string): string
  /** @returns the secrets to show, and the one that is valid afterwards */
  renew(callId: string): { secrets: readonly string[]; next: string }
  /** The server has accepted the next secret: the ones before are no longer valid. */
  confirm(callId: string, secret: string): void
  /** The invite was merged into another call: the secret is valid there [CA8]. */
  move(callId: string, into: string): void
  /** A reloaded page restores the secrets of the page before it. */
  restore(callId: string, secrets: readonly string[]): void
  /** Called before a secret is sent, so that it can be stored. */
  onChange(handler: () => void): void
}

/** How many may be valid at once: the last one, and the one that replaces it. */
const SHOWN_MAX = 2

export function createResumeSecrets(): ResumeSecrets {
  let own: { callId: string; secrets: readonly string[] } | null = null

  let heard: () => void = () => undefined

  function keep(callId: string, secrets: readonly string[]): void {
    own = { callId, secrets }
    heard()
  }

  const secretsOf = (callId: string): readonly string[] =>
    own?.callId === callId ? own.secrets : []

  return {
    secrets: secretsOf,
    take(callId) {
      const [known] = secretsOf(callId)
      const secret = known ?? uuidv4()
      if (known === undefined) keep(callId, [secret])
      return secret
    },
    renew(callId) {
      const secrets = secretsOf(callId)
      // The next one was sent already and may be valid, so there is no third one.
      const next = secrets[SHOWN_MAX - 1] ?? uuidv4()
      keep(callId, [...secrets, next].slice(0, SHOWN_MAX))
      return { secrets, next }
    },
    confirm(callId, secret) {
      if (own?.callId === callId) keep(callId, [secret])
    },
    move(callId, into) {
      if (own?.callId === callId) keep(into, own.secrets)
    },
    restore: keep,
    onChange(handler) {
      heard = handler
    },
  }
}

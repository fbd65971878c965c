import * as v from 'valibot'

/**
 * The closed vocabulary of failures. Outcomes of a call (busy, rejected …) are not failures and not
 * here. `docs/errors.md` says for each what it means and what the user can do; a test compares both.
 */
export const ERROR_REASONS = {
  /** What arrived is not our protocol. */
  protocol: ['malformed', 'unknown-type', 'too-large', 'outdated', 'not-ready'],
  /** Who you are. */
  auth: ['wrong-credentials', 'signed-out', 'other-account', 'mobile-taken', 'password-too-common'],
  /** What you asked for. */
  request: [
    'forbidden',
    'blocked',
    'not-found',
    'conflict',
    'too-late',
    'rate-limited',
    'timed-out',
    'server',
  ],
  /** The way to the server. */
  connection: ['offline', 'refused', 'superseded'],
  /** Microphone, camera, speaker, and what is done to what comes from them. */
  media: [
    'permission-denied',
    'not-found',
    'in-use',
    'insecure-origin',
    'unsupported',
    'autoplay-blocked',
    'processor-failed',
    'other',
  ],
  /** The way to the peer. */
  negotiation: ['failed', 'no-path', 'no-relay'],
  /** One call. */
  call: ['taken', 'ended', 'already-in-call'],
} as const

export type ErrorFamily = keyof typeof ERROR_REASONS
export type ErrorReason<F extends ErrorFamily = ErrorFamily> = (typeof ERROR_REASONS)[F][number]
/** `family/reason`, the form in which the i18n keys and `docs/errors.md` name a failure. */
export type ErrorCode = { [F in ErrorFamily]: `${F}/${ErrorReason<F>}` }[ErrorFamily]

export const ERROR_CODES: readonly ErrorCode[] = Object.entries(ERROR_REASONS).flatMap(
  ([family, reasons]) => reasons.map((reason) => `${family}/${reason}` as ErrorCode),
)

/** What a failure looks like on the wire: never a text of the server's, never a stack. */
export const WireError = v.object({
  code: v.picklist(ERROR_CODES),
  /** Dotted path of the field that does not fit, where there is one. */
  field: v.exactOptional(v.pipe(v.string(), v.maxLength(200))),
  /** When trying again makes sense, in ms from now. */
  retryAfterMs: v.exactOptional(v.pipe(v.number(), v.minValue(0))),
})
export type WireError = v.InferOutput<typeof WireError>

export interface AppErrorDetails {
  field?: string
  retryAfterMs?: number
  cause?: unknown
}

/** A typed failure: expected trouble that somebody can do something about. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly field: string | undefined
  readonly retryAfterMs: number | undefined

  constructor(code: ErrorCode, details: AppErrorDetails = {}) {
    super(details.field === undefined ? code : `${code} (${details.field})`, {
      cause: details.cause,
    })
    this.name = 'AppError'
    this.code = code
    this.field = details.field
    this.retryAfterMs = details.retryAfterMs
  }

  static fromWire(wire: WireError): AppError {
    return new AppError(wire.code, wire)
  }

  toWire(): WireError {
    const wire: WireError = { code: this.code }
    if (this.field !== undefined) wire.field = this.field
    if (this.retryAfterMs !== undefined) wire.retryAfterMs = this.retryAfterMs
    return wire
  }
}

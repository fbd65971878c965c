import { AppError, type ErrorCode } from '#shared/errors.ts'

/** The browser's names for failures of devices (W3C Media Capture 10.2), translated once. */
const CODES: ReadonlyMap<string, ErrorCode> = new Map<string, ErrorCode>([
  ['NotAllowedError', 'media/permission-denied'],
  ['SecurityError', 'media/permission-denied'],
  ['NotFoundError', 'media/not-found'],
  ['OverconstrainedError', 'media/not-found'],
  ['NotReadableError', 'media/in-use'],
  ['AbortError', 'media/in-use'],
  ['TypeError', 'media/unsupported'],
])

/** Why a device could not be had, as a typed failure. */
export function mediaFailure(cause: unknown): AppError {
  if (cause instanceof AppError) return cause
  const name = cause instanceof Error ? cause.name : ''
  return new AppError(CODES.get(name) ?? 'media/other', { cause })
}

import type { Socket } from 'node:net'
import type { FastifyServerOptions } from 'fastify'
import { AppError } from '#shared/errors.ts'
import type { Log } from '../log/log.ts'
import type { Answers } from './answers.ts'
import { rawAnswer } from './rawAnswer.ts'

interface Refusal {
  readonly status: number
  readonly error: AppError
}

/** What a connection did that never became a request. */
function refusalOf({ code }: NodeJS.ErrnoException): Refusal {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return { status: 408, error: new AppError('request/timed-out') }
  }
  if (code === 'HPE_HEADER_OVERFLOW' || code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') {
    return { status: 431, error: new AppError('protocol/too-large') }
  }
  return { status: 400, error: new AppError('protocol/malformed') }
}

/** Answer what is no HTTP in our shape, and close: nothing after it could be understood. */
export function answerClientErrors(
  log: Log,
  answers: Answers,
): NonNullable<FastifyServerOptions['clientErrorHandler']> {
  return (cause, socket: Socket) => {
    const { status, error } = refusalOf(cause)
    log.debug({ code: error.code, cause: cause.code, ip: socket.remoteAddress }, 'refused')
    if (socket.writable && !answers.hasBegun(socket)) socket.write(rawAnswer(error, status))
    socket.destroy()
  }
}

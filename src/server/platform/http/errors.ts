import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '#shared/errors.ts'
import { hostRefusal, type HostPolicy } from './hosts.ts'
import type { OriginPolicy } from './origin.ts'
import { headersFor } from './securityHeaders.ts'
import { statusOf } from './statusOf.ts'

/** Fastify's own refusals (body not JSON, too large, unknown encoding …) in our vocabulary. */
function translate(error: unknown): AppError {
  if (error instanceof AppError) return error
  const status = (error as Partial<FastifyError>).statusCode ?? 500
  if (status === 413) return new AppError('protocol/too-large', { cause: error })
  if (status >= 400 && status < 500) return new AppError('protocol/malformed', { cause: error })
  return new AppError('request/server', { cause: error })
}

/** Who and why, in one line; the path is the route's pattern, so that no number or id is in it. */
function report(request: FastifyRequest, error: AppError): void {
  const line = {
    code: error.code,
    field: error.field,
    method: request.method,
    route: request.routeOptions.url,
    ip: request.ip,
    origin: request.headers.origin,
  }
  if (error.code === 'request/server') request.log.error({ ...line, err: error.cause }, 'failed')
  else request.log.warn(line, 'refused')
}

/**
 * Answers what Fastify refuses before routing, and so before the guards: a malformed address, or a part of
 * it that is too long.
 */
export const answerFrameworkErrors =
  ({ hosts, origins }: { hosts: HostPolicy; origins: OriginPolicy }) =>
  (thrown: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
    const error = hostRefusal(request.raw, { hosts, log: request.log }) ?? translate(thrown)
    report(request, error)
    const headers = headersFor(request.raw, origins)
    void reply.headers(headers).status(statusOf(error.code)).send({ error: error.toWire() })
  }

/** Answer failures as `{ error: WireError }`; what is not ours is a 500 that tells nothing. */
export function answerErrors(http: FastifyInstance): void {
  http.setErrorHandler((thrown, request, reply) => {
    const error = translate(thrown)
    report(request, error)
    return reply.status(statusOf(error.code)).send({ error: error.toWire() })
  })
}

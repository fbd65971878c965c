import type { FastifyInstance, FastifyRequest } from 'fastify'
import { AppError } from '#shared/errors.ts'
import type { OriginPolicy } from './origin.ts'

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])
/** With these a form of another site could carry a body. */
const BODY_METHODS = new Set(['POST', 'PUT', 'PATCH'])

const isJson = (request: FastifyRequest): boolean =>
  /^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '')

function isFromOurPages(request: FastifyRequest, origins: OriginPolicy): boolean {
  if (request.headers.origin !== undefined) return origins.isOwn(request.raw)
  return request.headers['sec-fetch-site'] === 'same-origin'
}

/** Refuse what a page of another site could make a browser send (ASVS 3.5.1 to 3.5.3). */
export function guardUnsafeMethods(http: FastifyInstance, origins: OriginPolicy): void {
  http.addHook('onRequest', (request, _reply, done) => {
    if (SAFE_METHODS.has(request.method)) {
      done()
    } else if (!isFromOurPages(request, origins)) {
      done(new AppError('request/forbidden'))
    } else if (BODY_METHODS.has(request.method) && !isJson(request)) {
      done(new AppError('protocol/malformed', { field: 'content-type' }))
    } else {
      done()
    }
  })
}

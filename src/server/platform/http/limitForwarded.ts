import type { FastifyInstance } from 'fastify'
import { AppError } from '#shared/errors.ts'
import type { AddressLimit } from '../limits/addressLimit.ts'
import { clientAddress } from './clientAddress.ts'

export interface ForwardedOptions {
  readonly sockets: AddressLimit
  readonly trustedProxies: number
}

/** Behind a proxy an address is held to its limit by the requests that are open at once. */
export function limitForwarded(http: FastifyInstance, options: ForwardedOptions): void {
  const { sockets, trustedProxies } = options
  http.addHook('onRequest', (request, reply, done) => {
    const leave = sockets.enter(clientAddress(request.raw, trustedProxies))
    if (leave === null) {
      done(new AppError('request/rate-limited'))
      return
    }
    reply.raw.once('close', leave)
    done()
  })
}

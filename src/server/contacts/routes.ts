import type { FastifyInstance, FastifyRequest } from 'fastify'
import * as v from 'valibot'
import { Uuid } from '#shared/ids.ts'
import { BlockContactBody, FindUserQuery, RequestContactBody } from '#shared/protocol/contacts.ts'
import { parseBody, parseParams, parseQuery } from '#server/platform/http/parseRequest.ts'
import type { Session } from '#server/accounts/index.ts'
import type { ContactService } from './contactService.ts'
import type { RequestService } from './requestService.ts'

export interface ContactRoutesOptions {
  contacts: ContactService
  requests: RequestService
  requireSession: (request: FastifyRequest) => Promise<Session>
}

const Params = v.object({ id: Uuid })

/** GET /api/contacts, POST …/:id/block, GET /api/users, GET and POST /api/contact-requests, POST …/:id/accept, …/:id/ignore. */
export function addContactRoutes(http: FastifyInstance, options: ContactRoutesOptions): void {
  const { contacts, requests, requireSession } = options

  http.get('/api/contacts', async (request) => {
    const { userId } = await requireSession(request)
    return { contacts: await contacts.list(userId) }
  })

  http.post('/api/contacts/:id/block', async (request) => {
    const { userId } = await requireSession(request)
    const { id } = parseParams(Params, request)
    return contacts.block(userId, id, parseBody(BlockContactBody, request).isBlocked)
  })

  http.get('/api/users', async (request) => {
    const { userId } = await requireSession(request)
    return contacts.find(userId, parseQuery(FindUserQuery, request).mobile)
  })

  http.get('/api/contact-requests', async (request) => {
    const { userId } = await requireSession(request)
    return { requests: await requests.list(userId) }
  })

  http.post('/api/contact-requests', async (request) => {
    const { userId } = await requireSession(request)
    return requests.ask(userId, parseBody(RequestContactBody, request))
  })

  http.post('/api/contact-requests/:id/accept', async (request) => {
    const { userId } = await requireSession(request)
    return requests.accept(userId, parseParams(Params, request).id)
  })

  http.post('/api/contact-requests/:id/ignore', async (request) => {
    const { userId } = await requireSession(request)
    return requests.ignore(userId, parseParams(Params, request).id)
  })
}

import type { FastifyInstance, FastifyRequest } from 'fastify'
import * as v from 'valibot'
import { ConversationId } from '#shared/ids.ts'
import { HistoryQuery, ReadBody } from '#shared/protocol/chat.ts'
import { parseBody, parseParams, parseQuery } from '#server/platform/http/parseRequest.ts'
import { sendList } from '#server/platform/http/sendList.ts'
import type { TakeTurn } from '#server/platform/turns.ts'
import type { Session } from '#server/accounts/index.ts'
import { SearchQuery, type SearchPage } from '#shared/protocol/search.ts'
import type { UserId } from '#shared/ids.ts'
import type { ChatService } from './writing/chatService.ts'

export interface ChatRoutesOptions {
  chat: ChatService
  search: (userId: UserId, query: SearchQuery) => Promise<SearchPage>
  requireSession: (request: FastifyRequest) => Promise<Session>
  takeTurn: TakeTurn
}

const Params = v.object({ id: ConversationId })

/** GET /api/conversations, GET …/:id/messages, POST …/:id/read, GET /api/messages/search. */
export function addChatRoutes(http: FastifyInstance, options: ChatRoutesOptions): void {
  const { chat, search, requireSession, takeTurn } = options

  http.get('/api/conversations', async (request, reply) => {
    const { userId } = await requireSession(request)
    return sendList(reply, { name: 'conversations', list: await chat.list(userId), takeTurn })
  })

  http.get('/api/conversations/:id/messages', async (request) => {
    const { userId } = await requireSession(request)
    const { id } = parseParams(Params, request)
    const { before = null } = parseQuery(HistoryQuery, request)
    return chat.page(userId, id, before)
  })

  http.get('/api/messages/search', async (request) => {
    const { userId } = await requireSession(request)
    return search(userId, parseQuery(SearchQuery, request))
  })

  http.post('/api/conversations/:id/read', async (request) => {
    const { userId } = await requireSession(request)
    const { id } = parseParams(Params, request)
    const { seq } = parseBody(ReadBody, request)
    return chat.read(userId, id, seq)
  })
}

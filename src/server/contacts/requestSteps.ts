import { uuidv7 } from 'uuidv7'
import { AppError } from '#shared/errors.ts'
import type { UserId } from '#shared/ids.ts'
import type { RequestContactBody } from '#shared/protocol/contacts.ts'
import type { Database } from '#server/platform/database/database.ts'
import { lockUsers } from '#server/accounts/index.ts'
import type { Chat } from '#server/chat/index.ts'
import type { FeedDraft } from '#server/feed/index.ts'
import { findContact, insertContacts, isContact } from './contactRepository.ts'
import { viewContact } from './contactService.ts'
import * as repository from './requestRepository.ts'
import type { StoredRequest } from './requestRepository.ts'
import { isOpen, viewRequest } from './requestView.ts'

/** What every step works with: its transaction, the moment, and the room that opens conversations. */
export interface Step {
  trx: Database
  chat: Chat
  /** ms UTC */
  now: number
  /** Their devices are to know of it. */
  tell: (...drafts: FeedDraft[]) => void
}

/** Ask, or accept what the other one asked before. */
export async function ask(
  step: Step,
  userId: UserId,
  body: RequestContactBody,
): Promise<StoredRequest> {
  const { trx, now } = step
  // Who asks and is asked at the same time decides one after the other.
  await lockUsers(trx, [userId, body.userId])
  if (await isContact(trx, userId, body.userId)) throw new AppError('request/conflict')
  const theirs = await repository.findRequest(trx, body.userId, userId)
  if (theirs !== null && isOpen(theirs, now)) {
    return becomeContacts(step, theirs)
  }
  const mine = await repository.findRequest(trx, userId, body.userId)
  // Who ignored a request is not asked again before it expires.
  if (mine?.status === 'ignored' && isOpen(mine, now)) return mine
  const asked = { id: uuidv7(), fromId: userId, toId: body.userId, greeting: body.greeting }
  await repository.putRequest(trx, { ...asked, createdAt: now })
  const request = await repository.findRequest(trx, userId, body.userId)
  if (request === null) throw new Error('A request that was just written is not there')
  tellBoth(step, request)
  return request
}

/** Accept a received request; the second time nothing happens. */
export async function accept(step: Step, userId: UserId, id: string): Promise<StoredRequest> {
  const received = await receivedRequest(step.trx, userId, id)
  if (received.status === 'accepted') return received
  if (!isOpen(received, step.now)) throw new AppError('request/conflict')
  return becomeContacts(step, received)
}

/** Ignore a received request; who asked does not learn of it. */
export async function ignore(step: Step, userId: UserId, id: string): Promise<StoredRequest> {
  const received = await receivedRequest(step.trx, userId, id)
  if (!isOpen(received, step.now)) throw new AppError('request/conflict')
  await repository.setRequestStatus(step.trx, id, 'ignored')
  const ignored = { ...received, status: 'ignored' as const }
  // Who asked does not learn of it.
  step.tell(requestDraft(step, ignored, userId))
  return ignored
}

async function becomeContacts(step: Step, request: StoredRequest): Promise<StoredRequest> {
  const { trx, chat, now } = step
  const pair = [request.from.id, request.to.id] as const
  const conversationId = await chat.openPrivate(trx, pair, now)
  await insertContacts(trx, { pair, conversationId, createdAt: now })
  await repository.setRequestStatus(trx, request.id, 'accepted')
  const accepted = { ...request, status: 'accepted' as const }
  tellBoth(step, accepted)
  for (const [one, other] of [pair, [pair[1], pair[0]]] as const) {
    const stored = await findContact(trx, one, other)
    if (stored === null) throw new Error('A contact that was just written is not there')
    step.tell({ userId: one, entry: { kind: 'contact', contact: viewContact(stored) } })
  }
  return accepted
}

const requestDraft = ({ now }: Step, request: StoredRequest, userId: UserId): FeedDraft => ({
  userId,
  entry: { kind: 'request', request: viewRequest(request, userId, now) },
})

function tellBoth(step: Step, request: StoredRequest): void {
  step.tell(
    requestDraft(step, request, request.from.id),
    requestDraft(step, request, request.to.id),
  )
}

/** Somebody else's request and none at all are the same to who asks. */
async function receivedRequest(trx: Database, userId: UserId, id: string): Promise<StoredRequest> {
  // Who asks them anew holds them too.
  await lockUsers(trx, [userId])
  const request = await repository.findRequestById(trx, id)
  if (request?.to.id !== userId) throw new AppError('request/not-found')
  return request
}

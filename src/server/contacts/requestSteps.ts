import { uuidv7 } from 'uuidv7'
import { AppError } from '#shared/errors.ts'
import type { UserId } from '#shared/ids.ts'
import type { RequestContactBody } from '#shared/protocol/contacts.ts'
import type { Database } from '#server/platform/database/database.ts'
import type { Chat } from '#server/chat/index.ts'
import { insertContacts, isContact } from './contactRepository.ts'
import * as repository from './requestRepository.ts'
import type { StoredRequest } from './requestRepository.ts'
import { isOpen } from './requestView.ts'

/** What every step works with: its transaction, the moment, and the room that opens conversations. */
export interface Step {
  trx: Database
  chat: Chat
  /** ms UTC */
  now: number
}

/** What became of asking: the receiver is told, is not told again, or is a contact now. */
export interface Asked {
  request: StoredRequest
  outcome: 'asked' | 'silent' | 'accepted'
}

/** Ask, or accept what the other one asked before. */
export async function ask(step: Step, userId: UserId, body: RequestContactBody): Promise<Asked> {
  const { trx, now } = step
  if (await isContact(trx, userId, body.userId)) throw new AppError('request/conflict')
  const theirs = await repository.findRequest(trx, body.userId, userId)
  if (theirs !== null && isOpen(theirs, now)) {
    return { request: await becomeContacts(step, theirs), outcome: 'accepted' }
  }
  const mine = await repository.findRequest(trx, userId, body.userId)
  // Who ignored a request is not asked again before it expires.
  if (mine?.status === 'ignored' && isOpen(mine, now)) return { request: mine, outcome: 'silent' }
  const asked = { id: uuidv7(), fromId: userId, toId: body.userId, greeting: body.greeting }
  await repository.putRequest(trx, { ...asked, createdAt: now })
  const request = await repository.findRequest(trx, userId, body.userId)
  if (request === null) throw new Error('A request that was just written is not there')
  return { request, outcome: 'asked' }
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
  return { ...received, status: 'ignored' }
}

async function becomeContacts(step: Step, request: StoredRequest): Promise<StoredRequest> {
  const { trx, chat, now } = step
  const pair = [request.from.id, request.to.id] as const
  const conversationId = await chat.openPrivate(trx, pair, now)
  await insertContacts(trx, { pair, conversationId, createdAt: now })
  await repository.setRequestStatus(trx, request.id, 'accepted')
  return { ...request, status: 'accepted' }
}

/** Somebody else's request and none at all are the same to who asks. */
async function receivedRequest(trx: Database, userId: UserId, id: string): Promise<StoredRequest> {
  const request = await repository.findRequestById(trx, id)
  if (request?.to.id !== userId) throw new AppError('request/not-found')
  return request
}

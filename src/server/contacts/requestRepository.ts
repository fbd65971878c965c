import type { UserId } from '#shared/ids.ts'
import type { UserView } from '#shared/protocol/accounts.ts'
import type { Database } from '#server/platform/database/database.ts'

/** A request between two people as it is stored; whether it has expired is a matter of the clock. */
export interface StoredRequest {
  id: string
  from: UserView
  to: UserView
  greeting: string
  status: 'pending' | 'accepted' | 'ignored'
  createdAt: number
}

function selectRequests(db: Database) {
  return db
    .selectFrom('contact_requests')
    .innerJoin('users as sender', 'sender.id', 'contact_requests.from_id')
    .innerJoin('users as receiver', 'receiver.id', 'contact_requests.to_id')
    .select([
      'contact_requests.id',
      'contact_requests.greeting',
      'contact_requests.status',
      'contact_requests.created_at',
      'sender.id as from_id',
      'sender.nickname as from_nickname',
      'receiver.id as to_id',
      'receiver.nickname as to_nickname',
    ])
}

type RequestRow = Awaited<ReturnType<ReturnType<typeof selectRequests>['execute']>>[number]

function toStored(row: RequestRow): StoredRequest {
  return {
    id: row.id,
    from: { id: row.from_id, nickname: row.from_nickname },
    to: { id: row.to_id, nickname: row.to_nickname },
    greeting: row.greeting,
    status: row.status,
    createdAt: row.created_at,
  }
}

/** The request from one to the other, or null. */
export async function findRequest(
  db: Database,
  fromId: UserId,
  toId: UserId,
): Promise<StoredRequest | null> {
  const row = await selectRequests(db)
    .where('from_id', '=', fromId)
    .where('to_id', '=', toId)
    .executeTakeFirst()
  return row === undefined ? null : toStored(row)
}

/** The request of an id, or null. */
export async function findRequestById(db: Database, id: string): Promise<StoredRequest | null> {
  const row = await selectRequests(db).where('contact_requests.id', '=', id).executeTakeFirst()
  return row === undefined ? null : toStored(row)
}

/** What somebody sent and received, newest first. */
export async function listRequests(db: Database, userId: UserId): Promise<StoredRequest[]> {
  const rows = await selectRequests(db)
    .where((where) => where.or([where('from_id', '=', userId), where('to_id', '=', userId)]))
    .orderBy('contact_requests.created_at', 'desc')
    .orderBy('contact_requests.id', 'desc')
    .execute()
  return rows.map(toStored)
}

export interface NewRequest {
  id: string
  fromId: UserId
  toId: UserId
  greeting: string
  createdAt: number
}

/** Ask, or ask anew: one row for each direction. */
export async function putRequest(trx: Database, request: NewRequest): Promise<void> {
  const asked = {
    greeting: request.greeting,
    status: 'pending' as const,
    created_at: request.createdAt,
  }
  await trx
    .insertInto('contact_requests')
    .values({ id: request.id, from_id: request.fromId, to_id: request.toId, ...asked })
    .onConflict((conflict) => conflict.columns(['from_id', 'to_id']).doUpdateSet(asked))
    .execute()
}

/** Answer a request. */
export async function setRequestStatus(
  trx: Database,
  id: string,
  status: StoredRequest['status'],
): Promise<void> {
  await trx.updateTable('contact_requests').set({ status }).where('id', '=', id).execute()
}

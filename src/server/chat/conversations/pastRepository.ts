import * as v from 'valibot'
import type { ConversationId, UserId } from '#shared/ids.ts'
import { GroupView } from '#shared/protocol/groups.ts'
import type { Database } from '#server/platform/database/database.ts'

/** Keep how a group is when people leave it: what they see of it from then on [CH11]. */
export async function keepPast(
  trx: Database,
  { id, leftSeq }: { id: ConversationId; leftSeq: number },
  group: GroupView,
): Promise<void> {
  const view = JSON.stringify(group)
  await trx
    .insertInto('group_pasts')
    .values({ conversation_id: id, left_seq: leftSeq, view })
    .execute()
}

/** Of these conversations the groups that somebody has left, as they were then. */
export async function findPasts(
  db: Database,
  userId: UserId,
  ids: readonly ConversationId[],
): Promise<ReadonlyMap<ConversationId, GroupView>> {
  const rows = await db
    .selectFrom('members')
    .innerJoin('group_pasts', (join) =>
      join
        .onRef('group_pasts.conversation_id', '=', 'members.conversation_id')
        .onRef('group_pasts.left_seq', '=', 'members.left_seq'),
    )
    .select(['members.conversation_id as id', 'group_pasts.view'])
    .where('members.user_id', '=', userId)
    .where('members.conversation_id', 'in', ids)
    .execute()
  return new Map(rows.map(({ id, view }) => [id, v.parse(GroupView, JSON.parse(view))]))
}

/** Forget what nobody sees any more, because who had left has come back. */
export async function forgetPasts(trx: Database, id: ConversationId): Promise<void> {
  await trx
    .deleteFrom('group_pasts')
    .where('conversation_id', '=', id)
    .where('left_seq', 'not in', (select) =>
      select
        .selectFrom('members')
        .select('left_seq')
        .where('conversation_id', '=', id)
        .where('left_seq', 'is not', null)
        .$castTo<{ left_seq: number }>(),
    )
    .execute()
}

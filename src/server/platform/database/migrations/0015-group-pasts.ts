import { sql, type Kysely, type Migration } from 'kysely'

interface Leaving {
  conversation_id: string
  left_seq: number
}

interface GroupRow {
  name: string
  announcement: string | null
}

/** What is shown of a group, as of this version. */
async function viewOf(db: Kysely<unknown>, id: string): Promise<string> {
  const { rows } = await sql<GroupRow>`
    SELECT name, announcement FROM conversations WHERE id = ${id}
  `.execute(db)
  const { rows: members } = await sql`
    SELECT users.id, users.nickname, members.role, members.alias
    FROM members INNER JOIN users ON users.id = members.user_id
    WHERE members.conversation_id = ${id} ORDER BY members.joined_at, users.id
  `.execute(db)
  const { name = '', announcement = null } = rows[0] ?? {}
  const said: unknown = announcement === null ? null : JSON.parse(announcement)
  return JSON.stringify({ name, members, announcement: said })
}

/** How a group was when people left it; for those who have left already: how it is now. */
export const groupPasts: Migration = {
  async up(db) {
    await db.schema
      .createTable('group_pasts')
      .addColumn('conversation_id', 'text', (column) =>
        column.notNull().references('conversations.id'),
      )
      .addColumn('left_seq', 'bigint', (column) => column.notNull())
      .addColumn('view', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('group_pasts_pk', ['conversation_id', 'left_seq'])
      .execute()
    const { rows } = await sql<Leaving>`
      SELECT DISTINCT conversation_id, left_seq FROM members WHERE left_seq IS NOT NULL
    `.execute(db)
    for (const { conversation_id: id, left_seq: seq } of rows) {
      const view = await viewOf(db, id)
      await sql`INSERT INTO group_pasts VALUES (${id}, ${seq}, ${view})`.execute(db)
    }
  },
}

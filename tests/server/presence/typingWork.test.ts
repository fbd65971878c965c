import { expect, it } from 'vitest'
import { TYPING_EVERY_MS } from '#shared/limits.ts'
import { findAudience, isMember } from '#server/chat/conversations/memberRepository.ts'
import { createLocalBus } from '#server/platform/bus/bus.ts'
import { inTransaction } from '#server/platform/database/database.ts'
import { createTyping } from '#server/presence/typing.ts'
import { createCountedDatabase } from '../../support/server/countedDatabase.ts'
import { insertGroupOf, insertPeople } from '../../support/server/countedGroups.ts'
import { createTestClock } from '../../support/server/testClock.ts'

const MEMBERS = 50

it('has the members of a large group read when they are told who writes, and not each time', async () => {
  const { db, statements } = await createCountedDatabase()
  const [people, id] = await inTransaction(db, async (trx) => {
    const ids = await insertPeople(trx, MEMBERS)
    return [ids, await insertGroupOf(trx, ids)] as const
  })
  const userId = people[0] ?? ''
  const clock = createTestClock()
  const type = createTyping({
    db,
    bus: createLocalBus(),
    chat: {
      async requireMember() {
        await isMember(db, id, userId)
      },
      othersIn: async () => (await findAudience(db, id)).members.map((member) => member.id),
    },
    elapsed: () => clock.elapsed(),
  })
  const rowsRead = async (): Promise<number> => {
    statements.length = 0
    await type(userId, id)
    return statements.reduce((sum, { rows }) => sum + rows, 0)
  }
  expect(await rowsRead()).toBeGreaterThanOrEqual(MEMBERS)
  expect(await rowsRead()).toBe(1)
  clock.advance(TYPING_EVERY_MS)
  expect(await rowsRead()).toBeGreaterThanOrEqual(MEMBERS)
})

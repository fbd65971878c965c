import { expect, it } from 'vitest'
import { findLastQuoting } from '#server/chat/messages/changeRepository.ts'
import { createCountedDatabase } from '../../support/server/countedDatabase.ts'

it('the last message that quotes one is read at its place, without the others', async () => {
  const { db, planOfLast } = await createCountedDatabase()
  await findLastQuoting(db, 'one')
  expect(await planOfLast()).toEqual([
    'SEARCH messages USING COVERING INDEX messages_reply_to_seq (reply_to=?)',
  ])
})

import { expect, test } from '../fixtures/index.ts'
import { bySound, countWith } from '../fixtures/moment.ts'
import { expectNoCall, expectSound, expectTalking, ring } from '../fixtures/talk.ts'
import type { Friend, Tab, Users } from '../fixtures/users.ts'

/** Two browsers of one person with two tabs each. */
async function fourTabs(
  users: Users,
  person: Friend,
): Promise<{ here: readonly [Tab, Tab]; there: readonly [Tab, Tab] }> {
  const other = await users.device(person)
  return {
    here: [person, await person.openTab()],
    there: [other, await other.openTab()],
  }
}

const isRinging = ({ call }: Tab): Promise<boolean> => call.ringing('安然').isVisible()
const loudOf = async (tabs: readonly Tab[]): Promise<number> => (await bySound(tabs)).loud.length

test('answered in one of four windows, the others are quiet before it hears a word [CA5]', async ({
  newFriends,
  users,
}) => {
  test.slow()
  const [anran, bailu] = await newFriends(['安然', '白露'])
  const { here, there } = await fourTabs(users, bailu)
  const tabs = [...here, ...there]
  await ring(anran, bailu, 'audio')
  await expect.poll(() => countWith(tabs, isRinging)).toBe(4)
  for (const device of [here, there]) await expect.poll(() => loudOf(device)).toBe(1)

  const [answering, ...others] = [...there, ...here]
  await answering.call.answer()
  await expectSound(answering)
  // Not waited for: by now it must have happened.
  expect(await countWith(others, isRinging)).toBe(0)
  const tones = await Promise.all(others.map(({ media }) => media.tones()))
  await expectNoCall(...others)
  await expectTalking('audio', anran, answering)
  expect(await Promise.all(others.map(({ media }) => media.tones()))).toEqual(tones)
  expect(await anran.media.openConnections()).toBe(1)
})

test('declined in one of four windows, the call is over in all [CA6]', async ({
  newFriends,
  users,
}) => {
  test.slow()
  const [anran, bailu] = await newFriends(['安然', '白露'])
  const { here, there } = await fourTabs(users, bailu)
  const tabs = [...here, ...there]
  await ring(anran, bailu, 'video')
  await expect.poll(() => countWith(tabs, isRinging)).toBe(4)
  await there[1].call.decline()
  await anran.call.hasSaid('对方已拒绝')
  await expectNoCall(anran, ...tabs)
  for (const { chats } of [here[1], there[0]]) {
    await chats.openWith('安然')
    await expect(chats.records).toHaveText(['已拒绝'])
  }
})

test('a window that is closed while it rings leaves the others ringing, and the caller waiting', async ({
  newFriends,
  users,
}) => {
  test.slow()
  const [anran, bailu] = await newFriends(['安然', '白露'])
  const { here, there } = await fourTabs(users, bailu)
  await ring(anran, bailu, 'audio')
  await expect.poll(() => countWith([...here, ...there], isRinging)).toBe(4)
  await expect.poll(() => loudOf(here)).toBe(1)
  const { loud, quiet } = await bySound(here)
  await loud[0]?.page.close()
  // The tune goes on in the other tab, so the call has outlived the window that is gone.
  await expect.poll(() => loudOf(quiet)).toBe(1)
  expect(await countWith([...quiet, ...there], isRinging)).toBe(3)
  await expect(anran.call.says('等待对方接听')).toBeVisible()
  await quiet[0]?.page.close()
  // No tab of that browser is left.
  await expect.poll(() => loudOf(there)).toBe(1)
  expect(await countWith(there, isRinging)).toBe(2)
  await there[1].call.answer()
  await expectTalking('audio', anran, there[1])
  await expectNoCall(there[0])
})

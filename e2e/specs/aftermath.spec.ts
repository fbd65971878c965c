import { expect, test } from '../fixtures/index.ts'
import { expectNoCall, expectTalking, ring, talk } from '../fixtures/talk.ts'
import type { Friend } from '../fixtures/users.ts'
import { lingerLonger } from '../fixtures/watching.ts'

/** A way in which a call ends, and what each of the two then reads of it. */
interface End {
  readonly name: string
  /** How far it had come. */
  readonly begin: (caller: Friend, callee: Friend) => Promise<void>
  readonly end: (caller: Friend, callee: Friend) => Promise<void>
  readonly records: readonly [caller: RegExp, callee: RegExp]
}

const ringing = (caller: Friend, callee: Friend) => ring(caller, callee, 'video')

async function talking(caller: Friend, callee: Friend): Promise<void> {
  await ringing(caller, callee)
  await expect(callee.page).toHaveTitle(/安然/)
  await callee.call.answer()
  await expectTalking('video', caller, callee)
}

const ENDS: readonly End[] = [
  {
    name: 'the caller hangs up',
    begin: talking,
    end: (caller) => caller.call.hangUp(),
    records: [/^通话时长 \d\d:\d\d$/, /^通话时长 \d\d:\d\d$/],
  },
  {
    name: 'the callee hangs up',
    begin: talking,
    end: (_caller, callee) => callee.call.hangUp(),
    records: [/^通话时长 \d\d:\d\d$/, /^通话时长 \d\d:\d\d$/],
  },
  {
    name: 'the callee declines',
    begin: ringing,
    end: (_caller, callee) => callee.call.decline(),
    records: [/^对方已拒绝$/, /^已拒绝$/],
  },
  {
    name: 'the caller cancels',
    begin: ringing,
    end: (caller) => caller.call.cancel(),
    records: [/^已取消$/, /^对方已取消$/],
  },
]

for (const { name, begin, end, records } of ENDS) {
  test(`when ${name}, nothing of the call is left`, async ({ newFriends }) => {
    const people = await newFriends(['安然', '白露'])
    const [anran, bailu] = people
    for (const { contacts } of people) await contacts.open()
    const titles = await Promise.all(people.map(({ page }) => page.title()))
    const timers = await Promise.all(people.map(({ media }) => media.runningIntervals()))

    await begin(anran, bailu)
    // What is to be gone afterwards was there before.
    await expect.poll(() => anran.media.liveTracks()).toEqual(['audio', 'video'])
    await expect.poll(() => bailu.media.openConnections()).toBe(1)
    await end(anran, bailu)
    await expectNoCall(anran, bailu)

    for (const [index, { page, media, chats }] of people.entries()) {
      await expect.poll(() => media.openConnections()).toBe(0)
      expect(await media.liveTracks()).toEqual([])
      await expect.poll(() => media.runningIntervals()).toBe(timers[index])
      await expect(page).toHaveTitle(titles[index] ?? '')
      await chats.openWith(people[1 - index]?.nickname ?? '')
      await expect(chats.records).toHaveText([records[index] ?? ''])
      // Both know how it ended: nobody has missed anything.
      await expect(page.getByRole('navigation')).not.toContainText('未读')
    }
    const tones = await bailu.media.tones()
    await talk(bailu, anran, 'audio')
    // The ring-back of this call sounds at the one who calls, so the old ring was not just cut off.
    expect(await bailu.media.tones()).toBeGreaterThan(tones)
  })
}

test('who dials while the end of the last call is still shown is put through', async ({
  newFriends,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  for (const { page } of [anran, bailu]) await lingerLonger(page)
  await talk(anran, bailu, 'audio')
  await bailu.call.hangUp()
  for (const { call } of [anran, bailu]) await expect(call.says(/^通话时长/)).toBeVisible()

  // The end of the last call may lie on the button.
  await anran.page.getByRole('button', { name: '视频通话' }).dispatchEvent('click')
  await expect(bailu.call.ringing('安然')).toBeVisible()
  await expect(anran.call.says(/^通话时长/)).toHaveCount(0)
  await bailu.call.answer()
  await expectTalking('video', anran, bailu)
  for (const { media } of [anran, bailu]) {
    expect(await media.openConnections()).toBe(1)
    expect(await media.liveTracks()).toEqual(['audio', 'video'])
  }
  await anran.call.hangUp()
  await anran.page.reload()
  await anran.chats.openWith('白露')
  await expect(anran.chats.records).toHaveText([/^通话时长/, /^通话时长/])
})

import { expect, testAlone } from '../fixtures/index.ts'
import { expectNoCall, expectTalking, ring, talk } from '../fixtures/talk.ts'
import type { Friend } from '../fixtures/users.ts'
import { atMost } from '../fixtures/patience.ts'

/** Nobody answers there: what matters is that nothing else is tried. */
const TURN = { TURN_URLS: 'turn:127.0.0.1:9', TURN_SECRET: 'a-secret-of-the-tests-alone' }

/** What the pages that this friend opens from now on say to the server. */
function framesOf({ page }: Friend): readonly string[] {
  const frames: string[] = []
  page.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => frames.push(payload.toString()))
  })
  return frames
}

async function alwaysRelay({ page }: Friend): Promise<void> {
  await page.goto('/settings')
  const setting = page.getByRole('switch', { name: '始终通过服务器中转' })
  await setting.click()
  await expect(setting).toBeChecked()
}

testAlone.describe('with a TURN server', () => {
  testAlone.use({ serverEnv: TURN })

  testAlone('[P1] who always wants to be relayed uses nothing else', async ({ newFriends }) => {
    const [anran, bailu] = await newFriends(['安然', '白露'])
    const frames = framesOf(anran)
    await alwaysRelay(anran)
    await ring(anran, bailu, 'audio')
    await expect.poll(() => anran.media.transportPolicies()).toEqual(['relay'])
    await expect.poll(() => bailu.media.transportPolicies()).toEqual(['all'])
    // The other one began later, and has found its own addresses by now.
    await expect.poll(() => bailu.media.localCandidateTypes()).toContain('host')
    expect(await anran.media.localCandidateTypes()).toEqual([])
    const signals = frames.filter((frame) => /"call\.(offer|answer|candidate)"/.test(frame))
    expect(signals).not.toEqual([])
    // The server is told so with each, and would take out what the browser should not have written.
    for (const signal of signals) expect(signal).toContain('"relayOnly":true')
    expect(signals.join()).not.toMatch(/ typ (host|srflx|prflx)/)
    await anran.call.cancel()
    await expectNoCall(anran, bailu)
  })

  testAlone('[F20] one that is down keeps nobody from talking directly', async ({ newFriends }) => {
    const [anran, bailu] = await newFriends(['安然', '白露'])
    await talk(anran, bailu, 'audio')
    await anran.call.hangUp()
    await expectNoCall(anran, bailu)
  })

  testAlone('[F20] who can use no other way is told that there is none', async ({ newFriends }) => {
    const [anran, bailu] = await newFriends(['安然', '白露'])
    await alwaysRelay(anran)
    await ring(anran, bailu, 'audio')
    await bailu.call.answer()
    await Promise.all(
      [anran, bailu].map(({ call }) => call.hasSaid(/^无法与对方建立连接/, atMost(60_000))),
    )
    await expectNoCall(anran, bailu)
  })
})

testAlone.describe('without a TURN server', () => {
  testAlone('a caller who always wants to be relayed is told at once', async ({ newFriends }) => {
    const [anran, bailu] = await newFriends(['安然', '白露'])
    await alwaysRelay(anran)
    await anran.contacts.callByVoice('白露')
    await anran.call.hasSaid(/^服务器没有提供中转。请在设置中关闭/)
    await expectNoCall(anran, bailu)
    expect(await anran.media.liveTracks()).toEqual([])
  })

  testAlone(
    'a callee is told on answering, and can call when it is off',
    async ({ newFriends }) => {
      const [anran, bailu] = await newFriends(['安然', '白露'])
      await alwaysRelay(bailu)
      await ring(anran, bailu, 'audio')
      await bailu.call.answer()
      await bailu.call.hasSaid(/^服务器没有提供中转。请在设置中关闭/)
      await expectNoCall(anran, bailu)
      await bailu.page.getByRole('switch', { name: '始终通过服务器中转' }).click()
      await ring(anran, bailu, 'audio')
      await bailu.call.answer()
      await expectTalking('audio', anran, bailu)
    },
  )
})

import { describe, expect, it } from 'vitest'
import { createHarbour } from '../../support/headless/harbour.ts'
import { isQuiet, isTalking, recordsOf } from '../../support/headless/talk.ts'
import { pass, until } from '../../support/server/virtualTime.ts'

/** A user may invite ten times a minute [CA15]. */
const INVITE_PAUSE_MS = 7_000

describe('[F22] [CA8] two who call each other', () => {
  // 100 timings, from 0 to 495 ms apart, in both orders; each pair of people takes some of them.
  it.each(Array.from({ length: 5 }, (_, index) => ({ pair: index })))(
    'become one call without a click, whatever the timing (part $pair)',
    async ({ pair }) => {
      const harbour = await createHarbour()
      const people = [
        await harbour.arrive(2 * pair + 1),
        await harbour.arrive(2 * pair + 2),
      ] as const
      const tabs = [await people[0].openTab(), await people[1].openTab()] as const
      for (let round = 0; round < 20; round += 1) {
        const apartMs = 5 * (5 * round + pair)
        const first = (round % 2) as 0 | 1
        const second = (1 - first) as 0 | 1
        tabs[first].dial(people[second])
        await pass(apartMs, 5)
        tabs[second].dial(people[first])
        await until('both to talk', () => isTalking(tabs[0], tabs[1]), { withinMs: 10_000 })
        tabs[0].view.hangUp()
        await until('both to be quiet', () => isQuiet(...tabs))
        await pass(INVITE_PAUSE_MS, 100)
      }
      for (const { history } of tabs) {
        expect(history.filter((word) => word === 'closing completed')).toHaveLength(20)
        expect(history.filter((word) => word.startsWith('closing'))).toHaveLength(20)
      }
      const records = await recordsOf(people[0], people[1])
      expect(records.map(({ outcome }) => outcome)).toEqual(Array(20).fill('completed'))
    },
  )

  it('with the answer of the server on its way for seconds, what was opened goes out', async () => {
    const harbour = await createHarbour()
    const [ann, bob] = [await harbour.arrive(1), await harbour.arrive(2)]
    const [a, b] = [await ann.openTab(), await bob.openTab()]
    b.wire.fate = () => [1_500]
    a.dial(bob)
    b.dial(ann)
    await until('the devices of the second to be open', () => b.media.live.length === 2)
    await until('both to talk', () => isTalking(a, b))
    expect(b.history).not.toContain('coming')
  })

  it('hears the other’s microphone as on, and sees the camera', async () => {
    const harbour = await createHarbour()
    const [ann, bob] = [await harbour.arrive(1), await harbour.arrive(2)]
    const [a, b] = [await ann.openTab(), await bob.openTab()]
    a.dial(bob)
    b.dial(ann)
    await until('both to talk', () => isTalking(a, b))
    await pass(1_000)
    for (const { view } of [a, b]) {
      expect([view.peerMicrophoneOn.value, view.peerCameraOn.value]).toEqual([true, true])
    }
  })
})

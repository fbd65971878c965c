import fc from 'fast-check'
import { expect, it } from 'vitest'
import { runSync, type SyncStep } from './model/syncWorld.ts'
import { PINNED_SYNC } from './pinned.ts'
import { RUNS, search } from './runs.ts'

const which = fc.nat({ max: 50 })
const toDevice = (...acts: ('push' | 'double' | 'answer' | 'cut' | 'ask' | 'restart' | 'tell')[]) =>
  fc.record({ act: fc.constantFrom(...acts), which })
const step: fc.Arbitrary<SyncStep> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ act: fc.constant('write'), from: fc.constantFrom('me', 'peer') }),
  },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('read'), upTo: fc.nat({ max: 20 }) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('receipt') }) },
  {
    weight: 1,
    arbitrary: fc.record({ act: fc.constantFrom('rename', 'leave', 'comeBack') }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constantFrom('recall', 'edit'),
      seq: fc.nat({ max: 20 }),
    }),
  },
  { weight: 8, arbitrary: toDevice('push', 'double', 'answer') },
  { weight: 3, arbitrary: toDevice('ask', 'cut', 'restart') },
  { weight: 1, arbitrary: toDevice('tell') },
  {
    weight: 2,
    arbitrary: fc.record({ act: fc.constant('see'), which, upTo: fc.nat({ max: 20 }) }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('prune') }) },
)

async function expectSame(...schedule: Parameters<typeof runSync>): Promise<void> {
  const { server, devices, heads, head } = await runSync(...schedule)
  expect(heads).toEqual(devices.map(() => head))
  expect(devices).toEqual(devices.map(() => server))
}

it('[CH5] [CH8] [CH9] [G3] [G4] [G5] every device comes to what the server has, whatever the network and the reloads do', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 60, size: 'max' }),
      fc.record({ count: fc.integer({ min: 1, max: 3 }), isGroup: fc.boolean() }),
      expectSame,
    ),
    search(Math.ceil(RUNS / 2)),
  )
})

it.each(PINNED_SYNC)(
  '[CH5] [CH9] every device comes to what the server has when %s',
  async (_what, steps, world) => {
    await expectSame(steps, world)
  },
)

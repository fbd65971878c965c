import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { uuidv7 } from 'uuidv7'
import { expect, it } from 'vitest'
import { createPort, type Member } from '../../support/server/port.ts'

/** What the process holds once all that nobody needs is gone, in bytes. */
function heapNow(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  for (let n = 0; n < 3; n += 1) collect()
  return process.memoryUsage().heapUsed
}

/** Longer than anything is remembered of a call. */
const LATER_MS = 15 * 60_000
const CALLS = 50
/** The sweep of the calls, and the pruning of the feeds, which is planned again when it is done. */
const TIMERS = 2
/** So much it may hold more of each call, in bytes; most of it are the frames that the tests' sockets keep. */
const EACH = 20_000

async function callOnce(caller: Member, callee: Member): Promise<void> {
  const callId = uuidv7()
  await caller.tab.ask('call.invite', { callId, calleeId: callee.id, kind: 'audio' })
  await callee.tab.ask('call.accept', { callId })
  await caller.tab.ask('call.hangup', { callId })
}

it(`[F32] nothing is left on the server of ${String(CALLS)} calls: no call, no timer, no memory`, async () => {
  const port = await createPort({ env: { CALLS_PER_MINUTE: '1000' } })
  const { clock, app } = port.server
  const [caller, callee] = [await port.person(1), await port.person(2)]
  const play = async (): Promise<void> => {
    for (let n = 0; n < CALLS; n += 1) {
      await callOnce(caller, callee)
      // The limit of invites, and how long ended calls are remembered.
      clock.advance(LATER_MS)
    }
    await app.calls.flushed()
    await expect.poll(() => clock.pending).toBe(TIMERS)
  }
  await play()
  const heap = heapNow()
  await play()
  expect(port.server.rows('SELECT 1 FROM calls')).toHaveLength(2 * CALLS)
  expect(app.calls.liveCount).toBe(0)
  expect(heapNow() - heap).toBeLessThan(CALLS * EACH)
})

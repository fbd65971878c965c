import { describe, expect, it } from 'vitest'
import type { CallEvent } from '#client/calls/machine/events.ts'
import { createEndedCalls } from '#client/calls/machine/endedCalls.ts'

const coming = (callId: string): CallEvent => ({
  type: 'server/coming',
  callId,
  peer: { id: 'bob', nickname: 'Bob' },
  kind: 'audio',
  invitedAt: 0,
  callerLeg: { legId: 'leg', deviceId: 'device' },
})
const reject = { type: 'send/reject', callId: 'a', text: null } as const

describe('[CA14] [CA16] a call that is over for this leg', () => {
  it('hears the same word again when it comes once more', () => {
    const endedCalls = createEndedCalls()
    endedCalls.note({ type: 'local/rejected', callId: 'a', text: null }, [
      { type: 'timer/stop-all', callId: 'a' },
      reject,
    ])
    expect(endedCalls.again(coming('a'))).toEqual(reject)
    expect(endedCalls.again(coming('b'))).toBeNull()
    expect(endedCalls.again({ type: 'server/unknown', callId: 'a' })).toBeNull()
  })

  it('is declined when the server had said that it is over', () => {
    const endedCalls = createEndedCalls()
    const closed = { callId: 'a', outcome: 'cancelled', durationMs: 0 } as const
    endedCalls.note({ type: 'server/closed', ...closed }, [])
    expect(endedCalls.again(coming('a'))).toEqual(reject)
  })

  it('rings again when something else ended it here', () => {
    const endedCalls = createEndedCalls()
    endedCalls.note({ type: 'server/taken', callId: 'a' }, [reject])
    expect(endedCalls.again(coming('a'))).toBeNull()
  })

  it('is forgotten behind many others', () => {
    const endedCalls = createEndedCalls()
    for (let n = 0; n < 50; n += 1) {
      const callId = `call ${String(n)}`
      endedCalls.note({ type: 'local/rejected', callId, text: null }, [{ ...reject, callId }])
    }
    expect(endedCalls.again(coming('call 0'))).toBeNull()
    expect(endedCalls.again(coming('call 49'))).not.toBeNull()
  })
})

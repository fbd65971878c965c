import { describe, expect, it } from 'vitest'
import { ref } from 'vue'
import type { Asks } from '#shared/protocol/peerState.ts'
import { mend, NOTHING_MENDED } from '#client/calls/quality/mending.ts'
import { useMending } from '#client/calls/quality/useMending.ts'
import type { Alarm } from '#client/calls/quality/watchdogs.ts'

/** What is due for each alarm in turn, at its second. */
function dueFor(alarms: readonly (readonly [alarm: Alarm, second: number])[]) {
  let mending = NOTHING_MENDED
  return alarms.map(([alarm, second]) => {
    const step = mend(mending, alarm, second * 1_000)
    mending = step.mending
    return step.due
  })
}

describe('what a watchdog has noticed', () => {
  it('is mended where something can be done', () => {
    expect(
      dueFor([
        ['silent', 1],
        ['frozen', 1],
        ['jammed', 1],
      ]),
    ).toEqual(['sound', 'picture', null])
  })

  it('is one occurrence when it is noticed again at once', () => {
    expect(
      dueFor([
        ['silent', 1],
        ['silent', 8],
        ['silent', 30],
        ['silent', 32],
      ]),
    ).toEqual(['sound', null, null, 'sound'])
  })

  it('is left alone after two tries, each kind for itself', () => {
    expect(
      dueFor([
        ['silent', 0],
        ['silent', 40],
        ['silent', 80],
        ['silent', 800],
        ['frozen', 801],
      ]),
    ).toEqual(['sound', 'sound', null, null, 'picture'])
  })
})

function open() {
  let bark: (alarm: Alarm) => void = () => undefined
  let at = 0
  const callId = ref<string | undefined>('one')
  const done: string[] = []
  const mending = useMending({
    callId,
    onAlarm(handler) {
      bark = handler
      return () => undefined
    },
    peer: () => ({
      mend: (what) => done.push(`mend ${what}`),
      sendAgain: (what) => done.push(`send ${what}`),
    }),
    now: () => at,
  })
  return {
    callId,
    done,
    mending,
    bark: (alarm: Alarm, second = 0) => {
      at = second * 1_000
      bark(alarm)
    },
    hear: (asks?: Asks) => {
      mending.hear(asks === undefined ? {} : { asks })
    },
  }
}

describe('mending', () => {
  it('does what this side can, asks the peer for the rest, and tells that it does', () => {
    const { bark, done, mending } = open()
    const told: string[] = []
    mending.onMend((what) => told.push(what))
    bark('silent')
    bark('silent', 5)
    bark('frozen', 6)
    expect(done).toEqual(['mend sound', 'mend picture'])
    expect(told).toEqual(['sound', 'picture'])
    expect(mending.said()).toEqual({ asks: { sound: 1, picture: 1 } })
  })

  it('sends anew what the peer asks for, once a request', () => {
    const { done, hear } = open()
    hear({ sound: 0, picture: 0 })
    hear({ sound: 1, picture: 0 })
    hear({ sound: 1, picture: 0 })
    hear({ sound: 1, picture: 1 })
    hear({ sound: 2, picture: 1 })
    expect(done).toEqual(['send sound', 'send picture', 'send sound'])
  })

  it('hears a page that was reloaded and counts from the start', () => {
    const { done, hear } = open()
    hear({ sound: 2, picture: 0 })
    hear({ sound: 0, picture: 0 })
    hear({ sound: 1, picture: 0 })
    expect(done).toEqual(['send sound', 'send sound'])
  })

  it('asks nothing of an older client, and is asked nothing by one', () => {
    const { done, hear } = open()
    hear()
    expect(done).toEqual([])
  })

  it('has its tries anew in the next call', () => {
    const { bark, callId, done, mending } = open()
    bark('silent')
    callId.value = 'two'
    expect(mending.said().asks).toEqual({ sound: 0, picture: 0 })
    bark('silent', 3)
    expect(done).toEqual(['mend sound', 'mend sound'])
  })
})

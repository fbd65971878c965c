import { describe, expect, it } from 'vitest'
import { ref } from 'vue'
import type { Asks } from '#shared/protocol/peerState.ts'
import { nextStep, NOTHING_TRIED } from '#client/calls/quality/recoverySteps.ts'
import { useRecoverySteps } from '#client/calls/quality/useRecoverySteps.ts'
import type { Alarm } from '#client/calls/quality/watchdogs.ts'

/** What is due for each alarm in turn, at its second. */
function dueFor(alarms: readonly (readonly [alarm: Alarm, second: number])[]) {
  let steps = NOTHING_TRIED
  return alarms.map(([alarm, second]) => {
    const step = nextStep(steps, alarm, second * 1_000)
    steps = step.steps
    return step.due
  })
}

describe('what a watchdog has noticed', () => {
  it('leads to a step where something can be done', () => {
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
  let report: (alarm: Alarm) => void = () => undefined
  let at = 0
  const callId = ref<string | undefined>('one')
  const done: string[] = []
  const recovery = useRecoverySteps({
    callId,
    onAlarm(handler) {
      report = handler
      return () => undefined
    },
    peer: () => ({
      recover: (what) => done.push(`recover ${what}`),
      sendAgain: (what) => done.push(`send ${what}`),
    }),
    now: () => at,
  })
  return {
    callId,
    done,
    recovery,
    report: (alarm: Alarm, second = 0) => {
      at = second * 1_000
      report(alarm)
    },
    receive: (asks?: Asks) => {
      recovery.receive(asks === undefined ? {} : { asks })
    },
  }
}

describe('recovery steps', () => {
  it('does what this side can, asks the peer for the rest, and tells that it does', () => {
    const { report, done, recovery } = open()
    const told: string[] = []
    recovery.onStep((what) => told.push(what))
    report('silent')
    report('silent', 5)
    report('frozen', 6)
    expect(done).toEqual(['recover sound', 'recover picture'])
    expect(told).toEqual(['sound', 'picture'])
    expect(recovery.localState()).toEqual({ asks: { sound: 1, picture: 1 } })
  })

  it('sends anew what the peer asks for, once a request', () => {
    const { done, receive } = open()
    receive({ sound: 0, picture: 0 })
    receive({ sound: 1, picture: 0 })
    receive({ sound: 1, picture: 0 })
    receive({ sound: 1, picture: 1 })
    receive({ sound: 2, picture: 1 })
    expect(done).toEqual(['send sound', 'send picture', 'send sound'])
  })

  it('hears a page that was reloaded and counts from the start', () => {
    const { done, receive } = open()
    receive({ sound: 2, picture: 0 })
    receive({ sound: 0, picture: 0 })
    receive({ sound: 1, picture: 0 })
    expect(done).toEqual(['send sound', 'send sound'])
  })

  it('asks nothing of an older client, and is asked nothing by one', () => {
    const { done, receive } = open()
    receive()
    expect(done).toEqual([])
  })

  it('has its tries anew in the next call', () => {
    const { report, callId, done, recovery } = open()
    report('silent')
    callId.value = 'two'
    expect(recovery.localState().asks).toEqual({ sound: 0, picture: 0 })
    report('silent', 3)
    expect(done).toEqual(['recover sound', 'recover sound'])
  })
})

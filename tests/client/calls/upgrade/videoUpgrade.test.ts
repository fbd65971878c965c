import { describe, expect, it } from 'vitest'
import {
  answer,
  ask,
  receive,
  isAsked,
  NO_UPGRADE,
  withdraw,
} from '#client/calls/upgrade/videoUpgrade.ts'

const ASKING = ask(NO_UPGRADE, 7)

describe('a request for video', () => {
  it('asks the other side until it is answered or taken back', () => {
    expect(isAsked(NO_UPGRADE, NO_UPGRADE)).toBe(false)
    expect(isAsked(NO_UPGRADE, ASKING)).toBe(true)
    expect(isAsked(answer(NO_UPGRADE, ASKING, false), ASKING)).toBe(false)
    expect(isAsked(NO_UPGRADE, withdraw(ASKING))).toBe(false)
  })

  it.each([
    [true, 'agreed'],
    [false, 'declined'],
  ] as const)('answered with %s is %s, once', (yes, result) => {
    const theirs = answer(NO_UPGRADE, ASKING, yes)
    const received = receive(ASKING, theirs)
    expect(received.result).toBe(result)
    expect(received.local.open).toBe(false)
    expect(receive(received.local, theirs).result).toBeNull()
  })

  it('is not granted by an answer to another one, nor where there is none', () => {
    const late = answer(NO_UPGRADE, ask(NO_UPGRADE, 3), true)
    expect(receive(ASKING, late)).toEqual({ local: ASKING, result: null })
    expect(receive(NO_UPGRADE, answer(NO_UPGRADE, ASKING, true)).result).toBeNull()
    expect(receive(withdraw(ASKING), answer(NO_UPGRADE, ASKING, true)).result).toBeNull()
  })

  it('that crosses the other one’s is granted on both sides', () => {
    const other = ask(NO_UPGRADE, 8)
    const [one, two] = [receive(ASKING, other), receive(other, ASKING)]
    expect([one.result, two.result]).toEqual(['agreed', 'agreed'])
    expect([isAsked(one.local, two.local), isAsked(two.local, one.local)]).toEqual([false, false])
    // Whoever hears the answer instead of the request, agrees as well.
    expect(receive(other, one.local).result).toBe('agreed')
  })

  it('can be said again after a no, under a new number', () => {
    const answered = answer(NO_UPGRADE, ASKING, false)
    expect(isAsked(answered, ask(ASKING, 9))).toBe(true)
  })
})

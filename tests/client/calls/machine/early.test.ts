import { describe, expect, it } from 'vitest'
import { EARLY_LEGS_MAX } from '#shared/limits.ts'
import { withRingingLeg } from '#client/calls/machine/early.ts'
import type { RingingLeg } from '#client/calls/machine/state.ts'
import { aCallId, bob, legRef } from '../../../support/calls/people.ts'

const callId = aCallId()
const aLeg = (nth: number, parts: Partial<RingingLeg> = {}) => ({
  ...legRef(bob.leg(nth)),
  visible: true,
  early: true,
  ...parts,
})
const open = (nth: number, parts: Partial<RingingLeg> = {}): RingingLeg => ({
  ...aLeg(nth, parts),
  open: true,
  gone: false,
})
const opening = (nth: number) => ({
  type: 'peer/open',
  callId,
  leg: legRef(bob.leg(nth)),
  offers: true,
})

const three = [open(1), open(2), open(3)]

describe('withRingingLeg', () => {
  it('connects to the first three that ring', () => {
    let legs: readonly RingingLeg[] = []
    for (let nth = 1; nth <= EARLY_LEGS_MAX; nth += 1) {
      const step = withRingingLeg(callId, legs, aLeg(nth))
      expect(step.effects).toEqual([opening(nth)])
      legs = step.legs
    }
    expect(legs).toEqual(three)
  })

  it('knows of a fourth, and does not connect to it', () => {
    const { legs, effects } = withRingingLeg(callId, three, aLeg(4))
    expect(effects).toEqual([])
    expect(legs).toEqual([...three, { ...aLeg(4), open: false, gone: false }])
  })

  it('gives the place of a hidden tab to a visible one', () => {
    const hidden = open(2, { visible: false })
    const { legs, effects } = withRingingLeg(callId, [open(1), hidden, open(3)], aLeg(4))
    expect(effects).toEqual([{ type: 'peer/drop', callId, legId: bob.leg(2).legId }, opening(4)])
    expect(legs).toEqual([open(1), { ...hidden, open: false }, open(3), open(4)])
  })

  it('gives no place to a hidden tab that comes late', () => {
    const hidden = [open(1, { visible: false }), open(2), open(3)]
    const { effects } = withRingingLeg(callId, hidden, aLeg(4, { visible: false }))
    expect(effects).toEqual([])
  })

  it('does not connect to a leg that asks not to be, nor counts it', () => {
    const shy = withRingingLeg(callId, [open(1), open(2)], aLeg(3, { early: false }))
    expect(shy.effects).toEqual([])
    expect(withRingingLeg(callId, shy.legs, aLeg(4)).effects).toEqual([opening(4)])
  })

  it('[F3] takes what it knows of a leg anew, and connects once', () => {
    const { legs, effects } = withRingingLeg(callId, three, aLeg(2, { visible: false }))
    expect(effects).toEqual([])
    expect(legs).toEqual([open(1), open(2, { visible: false }), open(3)])
  })
})

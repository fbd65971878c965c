import { describe, expect, it } from 'vitest'
import { CANDIDATES_PER_GENERATION, DESCRIPTIONS_PER_MINUTE } from '#shared/limits.ts'
import { createSignalLimits, type SignalLimits } from '#server/calls/signalLimits.ts'
import type { SignalRequest } from '#server/calls/registry/commands.ts'
import { NOON } from '../../support/calls/desk.ts'
import { aCallId, alice, bob } from '../../support/calls/people.ts'
import { aCandidate, anAnswer, anOffer } from '../../support/calls/signals.ts'

const MINUTE_MS = 60_000

function takeMany(limits: SignalLimits, request: SignalRequest, count: number, at = NOON): void {
  for (let n = 0; n < count; n += 1) limits.take(alice.leg(), request, at)
}

const limited = expect.objectContaining({ code: 'request/rate-limited' })

describe('createSignalLimits', () => {
  it('[CA15] [S25] lets 200 candidates of a generation pass, and not the next', () => {
    const limits = createSignalLimits()
    takeMany(limits, aCandidate(), CANDIDATES_PER_GENERATION)
    expect(() => takeMany(limits, aCandidate(), 1)).toThrow(limited)
  })

  it('[CA15] counts the candidates of each generation and of each addressee for themselves', () => {
    const limits = createSignalLimits()
    takeMany(limits, aCandidate(), CANDIDATES_PER_GENERATION)
    takeMany(limits, aCandidate({ generation: 2 }), CANDIDATES_PER_GENERATION)
    takeMany(limits, aCandidate({ to: bob.leg(2) }), CANDIDATES_PER_GENERATION)
    expect(() => takeMany(limits, aCandidate({ generation: 2 }), 1)).toThrow(limited)
  })

  it('[CA15] [S25] lets 20 descriptions a minute pass, offers and answers together', () => {
    const limits = createSignalLimits()
    takeMany(limits, anOffer(), DESCRIPTIONS_PER_MINUTE - 1)
    takeMany(limits, anAnswer(), 1)
    expect(() => takeMany(limits, anOffer(), 1)).toThrow(limited)
  })

  it('[CA15] says when the next description may come, and lets it pass then', () => {
    const limits = createSignalLimits()
    takeMany(limits, anOffer(), 1)
    takeMany(limits, anOffer(), DESCRIPTIONS_PER_MINUTE - 1, NOON + 10_000)
    expect(() => takeMany(limits, anOffer(), 1, NOON + 15_000)).toThrow(
      expect.objectContaining({ retryAfterMs: 45_000 }),
    )
    expect(() => takeMany(limits, anOffer(), 1, NOON + MINUTE_MS - 1)).toThrow(limited)
    takeMany(limits, anOffer(), 1, NOON + MINUTE_MS)
    expect(() => takeMany(limits, anOffer(), 1, NOON + MINUTE_MS)).toThrow(limited)
  })

  it('[CA15] counts each leg for itself, also when two users chose the same leg id', () => {
    const limits = createSignalLimits()
    const twin = { ...bob.leg(), legId: alice.leg().legId }
    takeMany(limits, anOffer(), DESCRIPTIONS_PER_MINUTE)
    expect(() => {
      limits.take(twin, anOffer(), NOON)
    }).not.toThrow()
  })

  it('counts each call for itself', () => {
    const limits = createSignalLimits()
    takeMany(limits, anOffer(), DESCRIPTIONS_PER_MINUTE)
    expect(() => {
      takeMany(limits, anOffer({ callId: aCallId(2) }), 1)
    }).not.toThrow()
  })

  it('keeps nothing of a call that is over', () => {
    const limits = createSignalLimits()
    takeMany(limits, anOffer(), 1)
    expect(limits.size).toBe(1)
    limits.forget(aCallId())
    expect(limits.size).toBe(0)
  })
})

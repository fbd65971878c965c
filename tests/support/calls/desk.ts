import { LEG_GRACE_MS } from '#shared/limits.ts'
import type { CallPush } from '#shared/protocol/envelope.ts'
import { isSameLeg, type UserLeg } from '#server/calls/registry/call.ts'
import type { CallCommand, CommandOf } from '#server/calls/registry/commands.ts'
import { decide } from '#server/calls/registry/decide.ts'
import type { Decision, RegistryEffect } from '#server/calls/registry/decision.ts'
import { createRegistry, type Registry } from '#server/calls/registry/registry.ts'
import { aCallId, alice, bob } from './people.ts'

/** When every story begins. */
export const NOON = Date.UTC(2026, 0, 15, 12)

/** The arbiter at its desk: decisions are applied, and what they send is noted. */
export interface Desk {
  readonly registry: Registry
  /** ms UTC */
  now: number
  /** Every effect so far. */
  readonly effects: RegistryEffect[]
  run(command: CallCommand): Decision
  /** What a leg was sent, oldest first. */
  pushesTo(leg: UserLeg): CallPush[]
  /** The same by type only. */
  heardBy(leg: UserLeg): string[]
  effectsOf<T extends RegistryEffect['type']>(type: T): Extract<RegistryEffect, { type: T }>[]
}

export function aDesk(): Desk {
  const registry = createRegistry()
  const effects: RegistryEffect[] = []
  return {
    registry,
    now: NOON,
    effects,
    run(command) {
      const decision = decide(registry, command, this.now)
      registry.apply(decision)
      effects.push(...decision.effects)
      return decision
    },
    pushesTo: (leg) =>
      effects.flatMap((effect) =>
        effect.type === 'push' && isSameLeg(effect.to, leg) ? [effect.push] : [],
      ),
    heardBy(leg) {
      return this.pushesTo(leg).map(({ type }) => type)
    },
    effectsOf<T extends RegistryEffect['type']>(type: T) {
      return effects.filter(
        (effect): effect is Extract<RegistryEffect, { type: T }> => effect.type === type,
      )
    },
  }
}

type InviteParts = Partial<CommandOf<'invite'>> & Partial<CommandOf<'invite'>['body']>

/** Alice's first tab calls Bob, who has one tab, unless said otherwise. */
export function anInvite(parts: InviteParts = {}): CommandOf<'invite'> {
  const { callId = aCallId(), calleeId = bob.view.id, kind = 'video', ...rest } = parts
  return {
    type: 'invite',
    by: alice.leg(),
    body: { callId, calleeId, kind },
    secret: null,
    callerView: alice.view,
    refusal: null,
    calleeLegs: [bob.leg()],
    ...rest,
  }
}

/** Bob's first tab calls Alice. */
export const anInviteBack = (parts: InviteParts = {}): CommandOf<'invite'> =>
  anInvite({
    by: bob.leg(),
    callId: aCallId(2),
    calleeId: alice.view.id,
    callerView: bob.view,
    calleeLegs: [alice.leg()],
    ...parts,
  })

export const accept = (
  by: UserLeg,
  callId = aCallId(),
  secret: string | null = null,
): CallCommand => ({ type: 'accept', by, callId, secret })

export const reject = (by: UserLeg, text: string | null = null): CallCommand => ({
  type: 'reject',
  by,
  callId: aCallId(),
  text,
})

export const leave = (
  by: UserLeg,
  callId = aCallId(),
  outcome: 'completed' | 'failed' = 'completed',
): CallCommand => ({ type: 'leave', by, callId, outcome })

export const lose = (by: UserLeg, graceMs = LEG_GRACE_MS): CallCommand => ({
  type: 'leg-lost',
  by,
  absence: 'away',
  graceMs,
})

export const attach = (by: UserLeg): CallCommand => ({ type: 'leg-attached', by })

export const graceEnded = (callId = aCallId()): CallCommand => ({ type: 'grace-ended', callId })

/** Time goes by, and the timer that was armed for then fires. */
export function waitGrace(desk: Desk, ms = LEG_GRACE_MS): void {
  desk.now += ms
  desk.run(graceEnded())
}

/** Alice and Bob talk, each on the first tab; ten seconds after the invite. */
export function aTalk(invite = anInvite()): Desk {
  const desk = aDesk()
  desk.run(invite)
  desk.now += 10_000
  desk.run(accept(bob.leg()))
  return desk
}

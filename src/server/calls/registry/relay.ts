import type { CallPush } from '#shared/protocol/envelope.ts'
import { isSameLeg, legRefOf, type LiveCall, type UserLeg } from './call.ts'
import type { CommandOf } from './commands.ts'
import { done, refuse, type Decision, type RegistryView } from './decision.ts'
import { isInCall } from './leave.ts'

/** From one leg of a call to one on its other side, and to nobody else [CA9]. */
export function relay(registry: RegistryView, command: CommandOf<'signal'>): Decision {
  const to = addresseeOf(registry, command)
  if (to === undefined) return refuse('call/ended')
  return done({ effects: [{ type: 'push', to, push: pushOf(command) }] })
}

/** Who gets this signal; nobody, when its sender is not in the call or the addressee is not. */
export function addresseeOf(
  registry: RegistryView,
  { by, body }: Pick<CommandOf<'signal'>, 'by' | 'body'>,
): UserLeg | undefined {
  const call = registry.call(body.callId)
  if (call === undefined || !isInCall(call, by)) return undefined
  return otherSide(call, by).find(({ legId }) => legId === body.toLeg)
}

/** A leg of the callee rings: the caller may connect to it. */
export function ringing(registry: RegistryView, { by, body }: CommandOf<'ringing'>): Decision {
  const call = registry.call(body.callId)
  if (call?.calleeId !== by.userId || !isInCall(call, by)) return refuse('call/ended')
  if (call.phase === 'talking') return done()
  return done({
    effects: [
      {
        type: 'push',
        to: call.caller,
        push: { type: 'call.ringing', body: { ...body, from: legRefOf(by) } },
      },
    ],
  })
}

const otherSide = (call: LiveCall, leg: UserLeg): readonly UserLeg[] =>
  isSameLeg(call.caller, leg) ? call.calleeLegs : [call.caller]

type RelayedPush = Extract<CallPush, { type: 'call.offer' | 'call.answer' | 'call.candidate' }>

function pushOf(command: CommandOf<'signal'>): RelayedPush {
  const from = legRefOf(command.by)
  if (command.signal === 'call.candidate') {
    const { toLeg: _to, relayOnly: _only, ...body } = command.body
    return { type: command.signal, body: { ...body, from } }
  }
  const { toLeg: _to, relayOnly: _only, ...body } = command.body
  return { type: command.signal, body: { ...body, from } }
}

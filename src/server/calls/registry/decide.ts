import { accept } from './accept.ts'
import { closeCall } from './close.ts'
import type { CallCommand, CommandOf, CommandType } from './commands.ts'
import { done, type Decision, type RegistryView } from './decision.ts'
import { invite } from './invite.ts'
import { leave, part, reject } from './leave.ts'
import { graceEnded, legAttached, legLost, legRefused } from './presence.ts'
import { relay, ringing } from './relay.ts'
import { resume } from './resume.ts'

type Decide<C extends CallCommand> = (registry: RegistryView, command: C, now: number) => Decision

const table: { readonly [T in CommandType]: Decide<CommandOf<T>> } = {
  invite,
  ringing,
  signal: relay,
  accept,
  resume,
  reject,
  leave,
  part,
  'leg-attached': legAttached,
  'leg-refused': legRefused,
  'leg-lost': legLost,
  'grace-ended': graceEnded,
  'ring-ended': ringEnded,
}

/**
 * The arbiter: what a command does to the calls. Pure and total, no clock, no I/O; what it decides
 * is applied by `createRegistry` and carried out by the call service.
 *
 * @param now ms UTC
 */
export function decide(registry: RegistryView, command: CallCommand, now: number): Decision {
  // The type picks the decision of exactly that type; TypeScript can't see it through the lookup.
  const decideIt = table[command.type] as Decide<CallCommand>
  return decideIt(registry, command, now)
}

/** Nobody answered in the ring window [CA4]. */
function ringEnded(
  registry: RegistryView,
  { callId }: CommandOf<'ring-ended'>,
  now: number,
): Decision {
  const call = registry.call(callId)
  return call?.phase === 'ringing' ? closeCall(call, 'unanswered', now) : done()
}

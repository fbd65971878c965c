import type { Step } from './closing.ts'
import type { CallEventType, EventOf } from './events.ts'
import type { CallOf, CallStatus } from './state.ts'

type Handler<S extends CallStatus, E extends CallEventType> = (
  call: CallOf<S>,
  event: EventOf<E>,
) => Step

/** The handler of each event in one status, or `ignored`. */
export type Handlers<S extends CallStatus> = {
  readonly [E in CallEventType]: Handler<S, E> | 'ignored'
}

/** The call goes on, changed or not. */
export const stay = (call: Step['call'], ...effects: Step['effects']): Step => ({ call, effects })

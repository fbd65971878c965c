import type { Step } from './closing.ts'
import type { CallEventType, EventOf } from './events.ts'
import type { CallOf, CallStatus } from './state.ts'

type Handler<S extends CallStatus, E extends CallEventType> = (
  call: CallOf<S>,
  event: EventOf<E>,
) => Step

/** What each event does in one status, or the word that nothing does. */
export type Handlers<S extends CallStatus> = {
  readonly [E in CallEventType]: Handler<S, E> | 'ignored'
}

/** The call goes on, changed or not. */
export const stay = (call: Step['call'], ...effects: Step['effects']): Step => ({ call, effects })

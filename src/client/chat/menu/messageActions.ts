import { EDIT_WINDOW_MS, RECALL_WINDOW_MS } from '#shared/limits.ts'
import type { ShownMessage } from '../timeline/shown.ts'

/** What can be done with a message, by its menu. */
export type MessageAction =
  | 'reply'
  | 'copy'
  | 'report'
  | 'forward'
  | 'readers'
  | 'edit'
  | 'recall'
  | 'select'
  | 'delete'
  | 'discard'

/** Who opens the menu. */
export interface Viewer {
  readonly me: string
  /** Whether they take back what somebody has said at any time: who looks after a group [CH8]. */
  readonly decides: (senderId: string) => boolean
  /** Whether they may ask who has read what they said: in a group. */
  readonly seesReaders: boolean
}

/**
 * What a viewer may do with a message now, in the order of the menu [CH8]. What waits to be sent can
 * only be copied, and discarded where it was refused.
 *
 * @param now ms UTC, the server's clock
 */
export function actionsOf(
  message: ShownMessage,
  { me, decides, seesReaders }: Viewer,
  now: number,
): MessageAction[] {
  const { body, seq, senderId, createdAt } = message
  const isText = body.kind === 'text'
  if (seq === null) return message.failure === null ? ['copy'] : ['copy', 'discard']
  const ageMs = now - createdAt
  const isOwnText = isText && senderId === me
  const actions: [MessageAction, boolean][] = [
    ['reply', canAnswer(message)],
    ['copy', isText],
    ['report', hasTalked(message)],
    ['forward', isText],
    ['readers', isOwnText && seesReaders],
    ['edit', isOwnText && ageMs < EDIT_WINDOW_MS],
    ['recall', isText && (decides(senderId) || (isOwnText && ageMs < RECALL_WINDOW_MS))],
    ['select', true],
    ['delete', true],
  ]
  return actions.flatMap(([action, isPossible]) => (isPossible ? action : []))
}

/** Whether there is something to answer, by words or by an emoji. */
export const canAnswer = ({ body, seq }: ShownMessage): boolean =>
  seq !== null && (body.kind === 'text' || body.kind === 'call')

/** Whether it is the record of a call of which there is something to tell: one that came about. */
const hasTalked = ({ body }: ShownMessage): boolean =>
  body.kind === 'call' && (body.outcome === 'completed' || body.outcome === 'failed')

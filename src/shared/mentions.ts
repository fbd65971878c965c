import type { MessageView } from './protocol/chat.ts'

/** Whether a message calls on somebody; nobody calls on themselves. */
export const callsOn = (
  { senderId, body }: Pick<MessageView, 'senderId' | 'body'>,
  userId: string,
): boolean =>
  body.kind === 'text' &&
  senderId !== userId &&
  (body.mentions ?? []).some((one) => one === userId || one === 'all')

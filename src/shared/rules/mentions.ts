import type { MessageView } from '../protocol/chat.ts'

/** Whether a message mentions somebody; nobody mentions themselves. */
export const isMentioned = (
  { senderId, body }: Pick<MessageView, 'senderId' | 'body'>,
  userId: string,
): boolean =>
  body.kind === 'text' &&
  senderId !== userId &&
  (body.mentions ?? []).some((one) => one === userId || one === 'all')

import type { MessageView } from '#shared/protocol/chat.ts'

/** The newer of two views of one message. */
export const newer = (a: MessageView | null | undefined, b: MessageView): MessageView =>
  a?.id === b.id && a.rev > b.rev ? a : b

import type { MessageView } from '#shared/protocol/chat.ts'
import type { Text } from '#client/i18n/index.ts'
import { recalledText } from './recalledText.ts'
import { recordText } from './recordText.ts'

/** Who is who in a conversation. */
export interface Readers {
  readonly me: string
  /** The name of who wrote something, where it was not me. */
  readonly nickname: string
}

/** One line of a message, for the list of conversations and for a quote. */
export function previewOf(
  { body, senderId }: Pick<MessageView, 'body' | 'senderId'>,
  { me, nickname }: Readers,
  t: Text['t'],
): string {
  switch (body.kind) {
    case 'text':
      return body.text.replaceAll(/\s+/g, ' ')
    case 'call':
      return t(`chat.preview.${body.callKind}`, { text: recordText(body, senderId === me, t) })
    case 'recalled':
      return recalledText(body.byId === me, nickname, t)
    case 'deleted':
      return ''
  }
}

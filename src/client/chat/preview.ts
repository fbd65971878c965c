import type { MessageView } from '#shared/protocol/chat.ts'
import type { Text } from '#client/i18n/index.ts'
import { tipText } from './groups/tipText.ts'
import { recalledText } from './recalledText.ts'
import { recordText } from './recordText.ts'

/** Who is who in a conversation. */
export interface Readers {
  readonly me: string
  readonly nameOf: (userId: string) => string
  /** Several names in a row. */
  readonly namesOf: (names: readonly string[]) => string
}

/** One line of a message, for the list of conversations and for a quote. */
export function previewOf(
  { body, senderId }: Pick<MessageView, 'body' | 'senderId'>,
  readers: Readers,
  t: Text['t'],
): string {
  const { me, nameOf } = readers
  switch (body.kind) {
    case 'text':
      return body.text.replaceAll(/\s+/g, ' ')
    case 'call':
      return t(`chat.preview.${body.callKind}`, { text: recordText(body, senderId === me, t) })
    case 'recalled':
      return recalledText(body.byId === me, nameOf(body.byId), t)
    case 'tip':
      return tipText(body, senderId, { readers, t })
    case 'deleted':
      return ''
  }
}

import type { MessageView } from '#shared/protocol/chat.ts'
import type { Text } from '#client/i18n/index.ts'
import { systemText } from './systemText.ts'
import type { NameLookup } from '../people/nameLookup.ts'
import { recalledText } from './recalledText.ts'
import { recordText } from './recordText.ts'

/** One line of a message, for the list of conversations and for a quote. */
export function previewOf(
  { body, senderId }: Pick<MessageView, 'body' | 'senderId'>,
  names: NameLookup,
  t: Text['t'],
): string {
  const { me, nameOf } = names
  switch (body.kind) {
    case 'text':
      return body.text.replaceAll(/\s+/g, ' ')
    case 'call':
      return t(`chat.preview.${body.callKind}`, { text: recordText(body, senderId === me, t) })
    case 'recalled':
      return recalledText(body.byId === me, nameOf(body.byId), t)
    case 'tip':
      return systemText(body, senderId, { names, t })
    case 'deleted':
      return ''
  }
}

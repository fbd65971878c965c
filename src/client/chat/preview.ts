import type { MessageView } from '#shared/protocol/chat.ts'
import type { Text } from '#client/i18n/index.ts'
import { recordText } from './recordText.ts'

/** One line of a message, for the list of conversations. */
export function previewOf({ body, senderId }: MessageView, me: string, t: Text['t']): string {
  if (body.kind === 'text') return body.text.replaceAll(/\s+/g, ' ')
  return t(`chat.preview.${body.callKind}`, { text: recordText(body, senderId === me, t) })
}

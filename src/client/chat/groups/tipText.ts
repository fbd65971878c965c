import type { GroupTip } from '#shared/protocol/groups.ts'
import type { Text } from '#client/i18n/index.ts'
import type { Readers } from '../preview.ts'

/** What happened to a group, in words. @param by who did it */
export function tipText(
  { tip, userIds, text }: GroupTip,
  by: string,
  { readers, t }: { readers: Readers; t: Text['t'] },
): string {
  const nameOf = (userId: string): string =>
    userId === readers.me ? t('chat.group.you') : readers.nameOf(userId)
  return t(`chat.group.tip.${tip}`, {
    // It is the first word of the line.
    by: by === readers.me ? t('chat.group.youDid') : readers.nameOf(by),
    names: readers.namesOf(userIds.map(nameOf)),
    text,
  })
}

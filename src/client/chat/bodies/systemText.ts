import type { SystemBody } from '#shared/protocol/groups.ts'
import type { Text } from '#client/i18n/index.ts'
import type { NameLookup } from '../people/nameLookup.ts'

/** What happened to a group, in words. @param by who did it */
export function systemText(
  { tip, userIds, text }: SystemBody,
  by: string,
  { names, t }: { names: NameLookup; t: Text['t'] },
): string {
  const nameOf = (userId: string): string =>
    userId === names.me ? t('chat.group.you') : names.nameOf(userId)
  return t(`chat.group.system.${tip}`, {
    // It is the first word of the line.
    by: by === names.me ? t('chat.group.youDid') : names.nameOf(by),
    names: names.namesOf(userIds.map(nameOf)),
    text,
  })
}

import type { Text } from '#client/i18n/index.ts'

/** What stands where a message was that somebody has taken back. */
export const recalledText = (isByMe: boolean, nickname: string, t: Text['t']): string =>
  isByMe ? t('chat.recalled.byMe') : t('chat.recalled.byPeer', { nickname })

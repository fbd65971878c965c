import type { ErrorCode } from '#shared/errors.ts'
import { errorKey, type MessageKey } from '#client/i18n/index.ts'
import type { CallNotice } from '../../words/callWords.ts'

type Trouble = 'denied' | 'missing' | 'inUse' | 'other'

const TROUBLES: Partial<Record<ErrorCode, Trouble>> = {
  'media/permission-denied': 'denied',
  'media/not-found': 'missing',
  'media/in-use': 'inUse',
  'media/other': 'other',
}

/** What is wrong with a device and what to do; where the device doesn't matter, the general words. */
export function noticeKey({ device, code }: CallNotice): MessageKey {
  const trouble = TROUBLES[code]
  return trouble === undefined ? errorKey(code) : `overlay.notice.${device}.${trouble}`
}

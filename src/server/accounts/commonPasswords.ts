import { dictionary } from '@zxcvbn-ts/language-common'
import { PASSWORD_MIN_CHARS } from '#shared/limits.ts'

const common = new Set(
  dictionary['passwords-common'].filter((password) => password.length >= PASSWORD_MIN_CHARS),
)

/** Whether a password is among the 17,000 that are guessed first, or is the number itself (ASVS 6.2.4). */
export function isCommonPassword(password: string, mobile: string): boolean {
  return common.has(password.toLowerCase()) || password === mobile
}

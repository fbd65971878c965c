import { uuidv7 } from 'uuidv7'
import { AppError } from '#shared/errors.ts'
import { plainPassword } from '#shared/passwords.ts'
import type { AccountView, LoginBody, RegisterBody } from '#shared/protocol/accounts.ts'
import type { Database } from '#server/platform/database/database.ts'
import type { Limiter } from '#server/platform/limits/limiter.ts'
import { isCommonPassword } from './commonPasswords.ts'
import type { LoginThrottle } from './loginThrottle.ts'
import type { PasswordHasher } from './passwordHasher.ts'
import { findCredentials, insertUser, replaceHash } from './userRepository.ts'

export interface AccountServiceOptions {
  db: Database
  now: () => number
  hasher: PasswordHasher
  throttle: LoginThrottle
  registrations: Limiter
}

export interface AccountService {
  /**
   * @param from key of the address
   * @throws AppError `auth/wrong-credentials`, alike in answer and cost for an unknown number;
   *   `request/rate-limited`
   */
  login(body: LoginBody, from: string): Promise<AccountView>
  /** @throws AppError `auth/mobile-taken`, `auth/password-too-common`, `request/rate-limited` */
  register(body: RegisterBody, from: string): Promise<AccountView>
}

/** Who may enter. */
export function createAccountService(options: AccountServiceOptions): AccountService {
  const { db, now, hasher, throttle, registrations } = options

  async function authenticated({ mobile, password }: LoginBody): Promise<AccountView | null> {
    const found = await findCredentials(db, mobile)
    const hash = found?.passwordHash ?? null
    const plain = plainPassword(password)
    if (await hasher.verify(plain, hash)) return found?.account ?? null
    // It may have been hashed as it was typed: passwords were not normalised at first.
    if (plain === password || !(await hasher.verify(password, hash)) || found === null) return null
    const { account, passwordHash: from } = found
    await replaceHash(db, account.id, { from, to: await hasher.hash(plain) })
    return account
  }

  return {
    async login(body, from) {
      const account = await throttle.attempt(body.mobile, from, () => authenticated(body))
      if (account === null) throw new AppError('auth/wrong-credentials')
      return account
    },

    async register({ mobile, nickname, password: typed }, from) {
      const password = plainPassword(typed)
      if (isCommonPassword(password, mobile)) throw new AppError('auth/password-too-common')
      await registrations.take(from)
      // Before anything is looked up: a taken number costs what a free one does [S12].
      const passwordHash = await hasher.hash(password)
      const account = { id: uuidv7(), mobile, nickname }
      const isFree = await insertUser(db, { ...account, passwordHash, createdAt: now() })
      if (!isFree) throw new AppError('auth/mobile-taken')
      return account
    },
  }
}

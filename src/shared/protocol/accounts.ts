import * as v from 'valibot'
import { UserId, Uuid } from '../ids.ts'
import {
  MOBILE_PATTERN,
  NICKNAME_MAX_CHARS,
  PASSWORD_MAX_CHARS,
  PASSWORD_MIN_CHARS,
} from '../limits.ts'
import { bareMobile } from '../mobile.ts'
import { plainPassword } from '../passwords.ts'
import { GivenName, ShownName } from './text.ts'

export const Mobile = v.pipe(v.string(), v.transform(bareMobile), v.regex(MOBILE_PATTERN))

/** 1 to 20 characters, of which one can be seen. */
export const Nickname = v.pipe(GivenName, v.minLength(1), v.maxLength(NICKNAME_MAX_CHARS))

/** 8 to 128 characters of any kind, also as they are hashed; never trimmed or cut (ASVS 6.2.1, 6.2.5, 6.2.8). */
export const NewPassword = v.pipe(
  v.string(),
  v.minLength(PASSWORD_MIN_CHARS),
  v.maxLength(PASSWORD_MAX_CHARS),
  v.check((typed) => plainPassword(typed).length >= PASSWORD_MIN_CHARS),
)

/**
 * The account that the page belongs to, on every request of a page that has one. The server refuses a
 * request whose cookie is another account's [HS12].
 */
export const USER_HEADER = 'ahoy-user'

/** POST /api/session. A password that could never have been chosen is still only "wrong". */
export const LoginBody = v.object({
  mobile: Mobile,
  password: v.pipe(v.string(), v.minLength(1), v.maxLength(PASSWORD_MAX_CHARS)),
})
export type LoginBody = v.InferOutput<typeof LoginBody>

/** POST /api/accounts. */
export const RegisterBody = v.object({
  mobile: Mobile,
  password: NewPassword,
  nickname: Nickname,
})
export type RegisterBody = v.InferOutput<typeof RegisterBody>

/** What its owner sees of an account. Reply of the two above and of GET /api/session. */
export const AccountView = v.object({
  id: UserId,
  mobile: v.string(),
  nickname: ShownName,
})
export type AccountView = v.InferOutput<typeof AccountView>

/** One of the sessions of an account: a browser that is logged in. */
export const SessionView = v.object({
  id: Uuid,
  /** The browser's own word for itself (User-Agent); empty where it is not known. */
  agent: v.string(),
  /** ms UTC */
  createdAt: v.number(),
  /** ms UTC; to the hour. */
  usedAt: v.number(),
  /** The one that asks. */
  isThis: v.boolean(),
})
export type SessionView = v.InferOutput<typeof SessionView>

/** GET /api/sessions: this one first, then the one that was used last. */
export const SessionList = v.object({ sessions: v.array(SessionView) })

/** What others see of a user. */
export const UserView = v.object({
  id: UserId,
  nickname: ShownName,
})
export type UserView = v.InferOutput<typeof UserView>

import { defineStore } from 'pinia'
import { computed, inject, ref, type InjectionKey } from 'vue'
import { AppError } from '#shared/errors.ts'
import { AccountView, type LoginBody, type RegisterBody } from '#shared/protocol/accounts.ts'
import { HTTP, injectAdapter, SOCKET, STORAGE } from '#client/platform/keys.ts'
import type { StorageKey } from '#client/platform/storage/storageKeys.ts'
import { createAccountRequests } from './accountRequests.ts'

const ACCOUNT_KEY: StorageKey = 'ahoy.account'

/** Who uses this page. `unknown` until the server has been asked. */
export type Session =
  | { status: 'unknown' }
  | { status: 'unreachable' }
  | { status: 'signed-out'; isExpired: boolean }
  | { status: 'signed-in'; account: AccountView }

/**
 * Bring what somebody who is signed in needs, before the socket opens: what the server says first
 * must find somebody who hears it. Rejects with an AppError.
 */
export const PREPARE_SIGNED_IN: InjectionKey<() => Promise<void>> = Symbol('prepare signed in')

const nothingToBring = (): Promise<void> => Promise.resolve()

/** Who is here, remembered by the browser, with the socket open as long. */
function useSession() {
  const socket = injectAdapter(SOCKET)
  const storage = injectAdapter(STORAGE)
  const session = ref<Session>({ status: 'unknown' })
  const account = computed(() =>
    session.value.status === 'signed-in' ? session.value.account : null,
  )

  function enter(next: AccountView): void {
    session.value = { status: 'signed-in', account: next }
    storage.write(ACCOUNT_KEY, next)
    socket.open()
  }

  function leave(isExpired: boolean): void {
    session.value = { status: 'signed-out', isExpired }
    storage.write(ACCOUNT_KEY, null)
    socket.close()
  }

  return { session, account, readKnown: () => storage.read(ACCOUNT_KEY, AccountView), enter, leave }
}

/** The account of this browser, and the socket's life with it. */
export const useSessionStore = defineStore('session', () => {
  const socket = injectAdapter(SOCKET)
  const prepare = inject(PREPARE_SIGNED_IN, nothingToBring)
  const requests = createAccountRequests(injectAdapter(HTTP), prepare)
  const { session, account, readKnown, enter, leave } = useSession()

  /** Ask the server who we are. Answered questions are not asked again. */
  async function load(): Promise<void> {
    if (session.value.status === 'signed-in' || session.value.status === 'signed-out') return
    const known = readKnown()
    if (known === null) await ask()
    else await goOn(known)
  }

  /** Who was here last goes on with what was kept; the server is asked meanwhile. */
  async function goOn(known: AccountView): Promise<void> {
    try {
      await prepare()
      enter(known)
      void ask()
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      session.value = { status: 'unreachable' }
    }
  }

  async function ask(): Promise<void> {
    try {
      const account = await requests.whoAmI()
      // Meanwhile the user may have logged out.
      if (session.value.status !== 'signed-out' && !isSame(account, session.value)) enter(account)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      const isEntered = session.value.status === 'signed-in'
      if (error.code === 'auth/signed-out') leave(isEntered)
      else if (!isEntered) session.value = { status: 'unreachable' }
    }
  }

  /** @throws AppError wrong credentials, rate limited, offline … */
  async function logIn(body: LoginBody): Promise<void> {
    enter(await requests.logIn(body))
  }

  /** @throws AppError number taken, password too common, offline … */
  async function register(body: RegisterBody): Promise<void> {
    enter(await requests.register(body))
  }

  /** @throws AppError when the server can't be told; then nothing has changed */
  async function logOut(): Promise<void> {
    socket.close()
    try {
      await requests.logOut()
      leave(false)
    } catch (error) {
      if (account.value !== null) socket.open()
      throw error
    }
  }

  /** The server no longer knows us. */
  function expire(): void {
    if (account.value !== null) leave(true)
  }

  socket.onRefused((reason) => {
    if (reason === 'signed-out') expire()
  })

  return { session, account, load, logIn, register, logOut, expire }
})

const isSame = (account: AccountView, session: Session): boolean =>
  session.status === 'signed-in' && JSON.stringify(session.account) === JSON.stringify(account)

import { defineStore } from 'pinia'
import { computed, inject, ref, type InjectionKey } from 'vue'
import { AppError } from '#shared/errors.ts'
import { AccountView, type LoginBody, type RegisterBody } from '#shared/protocol/accounts.ts'
import { HTTP, injectAdapter, SOCKET, STORAGE } from '#client/platform/keys.ts'
import type { StorageKey } from '#client/platform/storage/storageKeys.ts'
import { createAccountRequests, type AccountRequests } from './accountRequests.ts'
import { createOwedLogOut } from './owedLogOut.ts'

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

/** Find out who is here when the page opens. */
function createArrival(
  { session, readKnown, enter, leave }: ReturnType<typeof useSession>,
  { whoAmI }: AccountRequests,
  prepare: () => Promise<void>,
): () => Promise<void> {
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
      const account = await whoAmI()
      // Meanwhile the user may have logged out.
      if (session.value.status !== 'signed-out' && !isSame(account, session.value)) enter(account)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      const isEntered = session.value.status === 'signed-in'
      if (error.code === 'auth/signed-out') leave(isEntered)
      else if (!isEntered) session.value = { status: 'unreachable' }
    }
  }

  return async () => {
    const known = readKnown()
    if (known === null) await ask()
    else await goOn(known)
  }
}

/** The account of this browser, and the socket's life with it. */
export const useSessionStore = defineStore('session', () => {
  const prepare = inject(PREPARE_SIGNED_IN, nothingToBring)
  const requests = createAccountRequests(injectAdapter(HTTP), prepare)
  const held = useSession()
  const { session, account, enter, leave } = held
  const arrive = createArrival(held, requests, prepare)
  const owed = createOwedLogOut(injectAdapter(STORAGE), requests.logOut, () => {
    if (account.value !== null) leave(false)
  })

  /** Ask the server who we are. Answered questions are not asked again. */
  async function load(): Promise<void> {
    if (session.value.status === 'signed-in' || session.value.status === 'signed-out') return
    if (!owed.isOwed.value) return arrive()
    // The server would still take us for the one who has left.
    leave(false)
    void owed.tell()
  }

  async function begin(ask: () => Promise<AccountView>): Promise<void> {
    // Heard after the log-in, an earlier log-out would take the new cookie away.
    await owed.tell()
    const next = await ask()
    owed.forget()
    enter(next)
  }

  /** @throws AppError wrong credentials, rate limited, offline … */
  const logIn = (body: LoginBody): Promise<void> => begin(() => requests.logIn(body))

  /** @throws AppError number taken, password too common, offline … */
  const register = (body: RegisterBody): Promise<void> => begin(() => requests.register(body))

  /**
   * Leave at once, whether the server can be reached or not; it is told as soon as it can be.
   * @returns whether it has heard
   */
  function logOut(): Promise<boolean> {
    owed.owe()
    leave(false)
    return owed.tell()
  }

  /** The server no longer knows us. */
  function expire(): void {
    if (account.value !== null) leave(true)
  }

  injectAdapter(SOCKET).onRefused((reason) => {
    if (reason === 'signed-out') expire()
  })

  const { isOwed: owesLogOut, tell: tellLogOut } = owed
  return { session, account, owesLogOut, load, logIn, register, logOut, tellLogOut, expire }
})

const isSame = (account: AccountView, session: Session): boolean =>
  session.status === 'signed-in' && JSON.stringify(session.account) === JSON.stringify(account)

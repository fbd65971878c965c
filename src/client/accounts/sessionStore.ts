import { defineStore } from 'pinia'
import { computed, inject, ref, type InjectionKey } from 'vue'
import { AppError } from '#shared/errors.ts'
import { AccountView, type LoginBody, type RegisterBody } from '#shared/protocol/accounts.ts'
import type { HttpClient } from '#client/platform/http/HttpClient.ts'
import { HTTP, injectAdapter, SOCKET, STORAGE, TAB_STORAGE } from '#client/platform/keys.ts'
import type { StorageKey } from '#client/platform/storage/storageKeys.ts'
import { createAccountRequests, type AccountRequests } from './accountRequests.ts'
import { createOwedLogOut } from './owedLogOut.ts'
import { claimTab, forgetTab } from './tabOwner.ts'

const ACCOUNT_KEY: StorageKey = 'ahoy.account'

/**
 * Why nobody is here: nobody has come or they logged out, their session ended, or another account was
 * logged in in this browser.
 */
export type LeaveReason = 'left' | 'expired' | 'other-account'

/** Who uses this page. `unknown` until the server has been asked. */
export type Session =
  | { status: 'unknown' }
  | { status: 'unreachable' }
  | { status: 'signed-out'; reason: LeaveReason; accountId: string | null }
  | { status: 'signed-in'; account: AccountView }

/**
 * Bring what somebody who is signed in needs, before the socket opens: what the server says first
 * must find somebody who hears it. Rejects with an AppError.
 */
export const PREPARE_SIGNED_IN: InjectionKey<() => Promise<void>> = Symbol('prepare signed in')

const nothingToBring = (): Promise<void> => Promise.resolve()

/** Who is here, remembered by the browser, with the socket open as long. */
function useSession(http: HttpClient) {
  const socket = injectAdapter(SOCKET)
  const storage = injectAdapter(STORAGE)
  const tab = injectAdapter(TAB_STORAGE)
  const session = ref<Session>({ status: 'unknown' })
  const account = computed(() =>
    session.value.status === 'signed-in' ? session.value.account : null,
  )

  function enter(next: AccountView): void {
    claimTab(tab, next.id)
    session.value = { status: 'signed-in', account: next }
    storage.write(ACCOUNT_KEY, next)
    socket.open(next.id)
  }

  /** What this browser knows of another account, which has come in another tab, is left alone. */
  function leave(reason: LeaveReason): void {
    const accountId = account.value?.id ?? null
    session.value = { status: 'signed-out', reason, accountId }
    if (accountId !== null && readKnown()?.id === accountId) storage.write(ACCOUNT_KEY, null)
    socket.close()
    http.abandon()
    forgetTab(tab)
  }

  const readKnown = (): AccountView | null => storage.read(ACCOUNT_KEY, AccountView)

  // Another tab has logged out, or somebody else in: this one is its account's, or nobody's [HS12].
  storage.onChange(ACCOUNT_KEY, () => {
    const known = readKnown()
    if (account.value === null || known?.id === account.value.id) return
    leave(known === null ? 'expired' : 'other-account')
  })

  return { session, account, readKnown, enter, leave }
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
      // Another tab may have logged somebody else in by now, or this one out.
      if (readKnown()?.id !== known.id) {
        await ask()
        return
      }
      enter(known)
      void ask()
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      session.value = { status: 'unreachable' }
    }
  }

  /** Meanwhile, by the user or by the answer itself. */
  const hasLeft = (): boolean => session.value.status === 'signed-out'

  async function ask(): Promise<void> {
    try {
      const account = await whoAmI()
      if (hasLeft() || isSame(account, session.value)) return
      if (isOther(account, session.value)) leave('other-account')
      else enter(account)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      if (hasLeft()) return
      const isEntered = session.value.status === 'signed-in'
      if (error.code === 'auth/signed-out') leave(isEntered ? 'expired' : 'left')
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
  const http = injectAdapter(HTTP)
  const requests = createAccountRequests(http, prepare)
  const held = useSession(http)
  const { session, account, enter, leave } = held
  const arrive = createArrival(held, requests, prepare)
  const owed = createOwedLogOut(injectAdapter(STORAGE), requests.logOut, (accountId) => {
    if (account.value?.id === accountId) leave('left')
  })

  /** Ask the server who we are. Answered questions are not asked again. */
  async function load(): Promise<void> {
    if (session.value.status === 'signed-in' || session.value.status === 'signed-out') return
    if (!owed.isOwed.value) return arrive()
    // The server would still take us for the one who has left.
    leave('left')
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
    if (account.value !== null) owed.owe(account.value.id)
    leave('left')
    return owed.tell()
  }

  /** The server no longer knows us, or takes this browser for another account's. */
  function expire(reason: 'expired' | 'other-account'): void {
    if (account.value !== null) leave(reason)
  }

  injectAdapter(SOCKET).onRefused((reason) => {
    if (reason === 'signed-out') expire('expired')
    if (reason === 'other-account') expire('other-account')
  })

  const { isOwed: owesLogOut, tell: tellLogOut } = owed
  return { session, account, owesLogOut, load, logIn, register, logOut, tellLogOut, expire }
})

const isOther = ({ id }: AccountView, session: Session): boolean =>
  session.status === 'signed-in' && session.account.id !== id

const isSame = (account: AccountView, session: Session): boolean =>
  session.status === 'signed-in' && JSON.stringify(session.account) === JSON.stringify(account)

import * as v from 'valibot'
import { AccountView, type LoginBody, type RegisterBody } from '#shared/protocol/accounts.ts'
import type { HttpClient } from '#client/platform/http/HttpClient.ts'

/** What the server is asked about an account; all throw AppError. */
export interface AccountRequests {
  readonly whoAmI: () => Promise<AccountView>
  readonly logIn: (body: LoginBody) => Promise<AccountView>
  readonly register: (body: RegisterBody) => Promise<AccountView>
  /** @param of whose session is to end; another account's goes on */
  readonly logOut: (of: string) => Promise<object>
}

/** @param prepare brings what somebody who is known needs; a stranger's first page does without it */
export function createAccountRequests(
  http: HttpClient,
  prepare: () => Promise<void>,
): AccountRequests {
  async function prepared(asking: Promise<AccountView>): Promise<AccountView> {
    const account = await asking
    await prepare()
    return account
  }

  return {
    whoAmI: () => prepared(http.get('/api/session', AccountView)),
    logIn: (body) => prepared(http.post('/api/session', body, AccountView)),
    register: (body) => prepared(http.post('/api/accounts', body, AccountView)),
    logOut: (of) => http.delete('/api/session', v.object({}), of),
  }
}

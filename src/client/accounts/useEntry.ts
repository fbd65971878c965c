import { computed, type ComputedRef, type Ref } from 'vue'
import { useRoute, useRouter, type Router } from 'vue-router'
import type { ErrorCode } from '#shared/errors.ts'
import { useErrorText, useText } from '#client/i18n/index.ts'
import { useSessionStore } from './sessionStore.ts'
import { useSubmit } from './useSubmit.ts'

/** Failures that are said below the field they concern. */
const AT_A_FIELD: ReadonlySet<ErrorCode> = new Set([
  'auth/wrong-credentials',
  'auth/mobile-taken',
  'auth/password-too-common',
])

export interface Entry {
  readonly isBusy: Readonly<Ref<boolean>>
  /** What concerns the whole form, in words. */
  readonly notice: ComputedRef<string>
  /** The words for one failure, while it is the one that happened. */
  readonly failureAt: (code: ErrorCode) => string
  /** Log in or register; then go where the user wanted to. */
  readonly enter: (work: () => Promise<void>) => Promise<void>
}

/** What the log-in and the register page share. */
export function useEntry(): Entry {
  const { t } = useText()
  const errorText = useErrorText()
  const route = useRoute()
  const router = useRouter()
  const session = useSessionStore()
  const { isBusy, failure, waitSeconds, submit } = useSubmit()

  const notice = computed(() => {
    if (waitSeconds.value > 0) return t('errors.rateLimitedFor', { seconds: waitSeconds.value })
    if (failure.value === null || AT_A_FIELD.has(failure.value.code)) return ''
    return failure.value.retryAfterMs === undefined ? errorText(failure.value) : ''
  })

  function failureAt(code: ErrorCode): string {
    return failure.value?.code === code ? errorText(failure.value) : ''
  }

  async function enter(work: () => Promise<void>): Promise<void> {
    const { session: before } = session
    if (!(await submit(work))) return
    const left = before.status === 'signed-out' ? before.accountId : null
    // What was open when somebody's session ended is no place for somebody else.
    const isAnother = left !== null && left !== session.account?.id
    await router.replace(isAnother ? '/' : placeFor(router, route.query['to']))
  }

  return { isBusy, notice, failureAt, enter }
}

/** A page of ours that somebody who is signed in can see; for anything else the first one. */
function placeFor(router: Router, to: unknown): string {
  if (typeof to !== 'string' || !/^\/(?![/\\])/.test(to)) return '/'
  return router.resolve(to).meta.pane === 'whole' ? '/' : to
}

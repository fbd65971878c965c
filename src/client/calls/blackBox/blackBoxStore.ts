import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { UserView } from '#shared/protocol/accounts.ts'
import type { CallState } from '../machine/state.ts'
import {
  beginReport,
  joined,
  wentBadly,
  withEnd,
  withEntry,
  withSecond,
  type CallEnd,
  type CallReport,
} from './callReport.ts'
import type { Entry } from './entry.ts'
import type { Second } from './second.ts'

/** The black box of this tab: the report of its call, or of the last one. */
export const useBlackBoxStore = defineStore('blackBox', () => {
  const report = shallowRef<CallReport | null>(null)
  /** With whom; beside the report, which names nobody. */
  const peer = shallowRef<UserView | null>(null)

  function change(next: (report: CallReport) => CallReport): void {
    if (report.value !== null) report.value = next(report.value)
  }

  return {
    report,
    peer,
    hasGoneBadly: computed(() => report.value !== null && wentBadly(report.value)),
    begin(call: CallState, at: number): void {
      report.value = beginReport(call, at)
      peer.value = call.peer
    },
    note(entry: Entry): void {
      change((now) => withEntry(now, entry))
    },
    look(second: Second): void {
      change((now) => withSecond(now, second))
    },
    end(end: CallEnd): void {
      change((now) => withEnd(now, end))
    },
    /** Another user may come. */
    forget(): void {
      report.value = null
      peer.value = null
    },
    /** This page came back into a call; the one before it had seen this of it. */
    goOn(earlier: CallReport): void {
      change((now) => (now.callId === earlier.callId ? joined(earlier, now) : now))
    },
  }
})

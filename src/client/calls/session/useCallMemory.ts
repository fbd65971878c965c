import { useIntervalFn } from '@vueuse/core'
import * as v from 'valibot'
import { onScopeDispose, watch } from 'vue'
import { CallId, UserId, Uuid } from '#shared/ids.ts'
import { LEG_GRACE_MS } from '#shared/limits.ts'
import { CallKind, LegRef } from '#shared/protocol/calls.ts'
import type { Locks } from '#client/platform/locks/Locks.ts'
import type { Page } from '#client/platform/page/Page.ts'
import type { SocketService } from '#client/platform/socket/SocketService.ts'
import type { StorageKey } from '#client/platform/storage/storageKeys.ts'
import type { ValueStorage } from '#client/platform/storage/ValueStorage.ts'
import { useCallStore } from './callStore.ts'
import { useControlsStore } from './controlsStore.ts'
import type { CallState } from '../machine/state.ts'
import type { ResumeSecrets } from './resumeSecrets.ts'

/** What a tab stores of its call, so that it can return to it after a reload [CA12]. */
const SavedCall = v.object({
  callId: CallId,
  secrets: v.array(Uuid),
  peer: v.object({ id: UserId, nickname: v.string() }),
  kind: CallKind,
  role: v.picklist(['caller', 'callee']),
  invitedAt: v.number(),
  talk: v.nullable(v.object({ peerLeg: LegRef, acceptedAt: v.nullable(v.number()) })),
  microphone: v.boolean(),
  camera: v.boolean(),
  /** When the tab was last alive, ms UTC by the clock of this device. */
  seenAt: v.number(),
})
type SavedCall = v.InferOutput<typeof SavedCall>

export interface UseCallMemoryOptions {
  socket: SocketService
  resumeSecrets: ResumeSecrets
  /** Storage of this tab only; survives a reload. */
  storage: ValueStorage
  locks: Locks
  page: Pick<Page, 'isReloaded'>
}

const CALL_KEY: StorageKey = 'ahoy.call'
const SEEN_EVERY_MS = 1_000
/**
 * How long a page waits for the one that has the call. After a reload that is this tab's old page, and
 * a slow computer takes seconds to end it. Otherwise it may be another tab, of which this is a copy.
 */
const patienceOf = ({ isReloaded }: Pick<Page, 'isReloaded'>): number =>
  isReloaded ? LEG_GRACE_MS : 3_000

/** Store the call of this tab while there is one, and return to it after a reload. */
export function useCallMemory(options: UseCallMemoryOptions): void {
  const { resumeSecrets, storage } = options
  const calls = useCallStore()
  const controls = useControlsStore()

  function write(): void {
    const { call } = calls
    const isOn = call?.status === 'waiting' || call?.status === 'calling'
    const microphone = controls.microphone === 'on'
    const camera = controls.camera === 'on'
    const secrets = isOn ? resumeSecrets.secrets(call.callId) : []
    // Before it answers, a leg has no place to come back to.
    storage.write(
      CALL_KEY,
      isOn && secrets.length > 0 ? { ...factsOf(call), secrets, microphone, camera } : null,
    )
  }

  resumeSaved(options)
  resumeSecrets.onChange(write)
  watch([() => calls.call, () => controls.microphone, () => controls.camera], write)
  useIntervalFn(() => {
    if (calls.call !== null) write()
  }, SEEN_EVERY_MS)
  useOwnLock(options.locks)
}

type ResumableCall = Extract<CallState, { status: 'waiting' | 'calling' }>

function factsOf(call: ResumableCall): Omit<SavedCall, 'secrets' | 'microphone' | 'camera'> {
  const { callId, peer, kind, role } = call
  const talk =
    call.status === 'calling' ? { peerLeg: call.peerLeg, acceptedAt: call.acceptedAt } : null
  const invitedAt = call.status === 'waiting' ? call.invitedAt : 0
  // The next page shares no other clock. If the clock is set during the reload itself, the call is lost, or an ended
  // one shows until the server answers.
  return { callId, peer, kind, role, talk, invitedAt, seenAt: Date.now() }
}

const lockOf = (callId: string): string => `${CALL_KEY}.${callId}`

/** A duplicated tab copies the memory of the first one, but must not take its call. */
function useOwnLock(locks: Locks): void {
  const calls = useCallStore()
  let release: () => void = () => undefined
  watch(
    () => calls.call?.callId,
    (callId) => {
      release()
      release = callId === undefined ? () => undefined : locks.hold(lockOf(callId), () => undefined)
    },
  )
  onScopeDispose(() => {
    release()
  })
}

/** As soon as this tab is connected: before that it can ask nobody. */
function resumeSaved({ socket, resumeSecrets, storage, locks, page }: UseCallMemoryOptions): void {
  const calls = useCallStore()

  function restore({ callId, secrets, seenAt: _, ...restored }: SavedCall): void {
    if (calls.call !== null) return
    resumeSecrets.restore(callId, secrets)
    calls.dispatch({ type: 'local/restored', callId, restored, at: socket.serverNow() })
  }

  const off = socket.onStatus((status) => {
    if (status === 'offline') return
    off()
    // Only now it is clear whose page this is, and what it may see.
    const saved = storage.read(CALL_KEY, SavedCall)
    if (saved === null || Date.now() - saved.seenAt > LEG_GRACE_MS) return
    // Before the lock: a browser without locks grants it at once.
    const waiting = setTimeout(() => {
      release()
    }, patienceOf(page))
    const release = locks.hold(lockOf(saved.callId), () => {
      clearTimeout(waiting)
      restore(saved)
      // From now on the running call holds the lock itself.
      queueMicrotask(() => {
        release()
      })
    })
  })
}

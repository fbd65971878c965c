import { storeToRefs } from 'pinia'
import { computed, watch, type ComputedRef, type Ref } from 'vue'
import { injectAdapter, SOCKET } from '#client/platform/keys.ts'
import { useBlackBoxStore } from '../blackBox/blackBoxStore.ts'
import { entryOf, type Entry, type EntryOf } from '../blackBox/entry.ts'
import { secondOf } from '../blackBox/second.ts'
import { useCallStore } from '../session/callStore.ts'
import { useControlsStore } from '../session/controlsStore.ts'
import type { CallState } from '../machine/state.ts'
import type { UseRecoveryStepsReturn } from '../quality/useRecoverySteps.ts'
import type { Trouble, UseQualityReturn } from '../quality/useQuality.ts'
import type { LineWord } from '../words/callWords.ts'
import type { UseLinesReturn } from '../words/useLines.ts'
import type { UseScreenShareReturn } from '../media/useScreenShare.ts'

export interface UseBlackBoxOptions {
  quality: UseQualityReturn
  recovery: Pick<UseRecoveryStepsReturn, 'onStep'>
  trouble: Readonly<Ref<Trouble | null>>
  lines: Pick<UseLinesReturn, 'lines'>
  sharing: Pick<UseScreenShareReturn, 'local'>
}

type Unstamped<E> = E extends Entry ? Omit<E, 'at'> : never
type Note = (entry: Unstamped<Entry>) => void

/** Lines of the overlay that tell of a device; its name stays here. */
const DEVICE_LINES: Readonly<Partial<Record<LineWord, Unstamped<EntryOf<'device'>>>>> = {
  microphoneGone: { type: 'device', device: 'microphone', what: 'gone' },
  microphoneBack: { type: 'device', device: 'microphone', what: 'back' },
  cameraGone: { type: 'device', device: 'camera', what: 'gone' },
  cameraBack: { type: 'device', device: 'camera', what: 'back' },
  speakerGone: { type: 'device', device: 'speaker', what: 'gone' },
  speakerBack: { type: 'device', device: 'speaker', what: 'back' },
}

/**
 * Writes down what happens in the call of this tab: states, events, a line of figures a second.
 *
 * @returns the call whose report is offered at its end; null: none
 */
export function useBlackBox(options: UseBlackBoxOptions): ComputedRef<string | null> {
  const socket = injectAdapter(SOCKET)
  const box = useBlackBoxStore()
  const calls = useCallStore()
  const now = (): number => Math.round(socket.serverNow())

  const note: Note = (entry) => {
    box.note({ ...entry, at: now() })
  }
  /** After the end nothing is news. */
  const noteInTalk: Note = (entry) => {
    if (calls.call?.status === 'calling') note(entry)
  }

  noteEvents(now)
  noteStates(note, now)
  noteControls(noteInTalk, options)
  noteQuality(noteInTalk, options)
  options.quality.onLook((look) => {
    box.look(secondOf(look))
  })
  socket.onStatus((status) => {
    const isOn = calls.call !== null && calls.call.status !== 'closing'
    if (isOn) note({ type: 'server', isReached: status === 'online' })
  })
  return computed(() => {
    const { call } = calls
    const isOver = call?.status === 'closing' && call.callId === box.report?.callId
    return isOver && box.hasGoneBadly ? call.callId : null
  })
}

/** Before what comes of them; those that begin a call after it. */
function noteEvents(now: () => number): void {
  const box = useBlackBoxStore()
  const calls = useCallStore()
  calls.$onAction(({ name, args, after }) => {
    if (name !== 'dispatch') return
    const [event] = args
    const write = (): void => {
      if (box.report?.callId !== event.callId) return
      box.note(entryOf(event, now()))
      if (event.type === 'local/restored') {
        box.note({ type: 'reloaded', at: now(), side: 'mine' })
      }
    }
    if (box.report?.callId === event.callId) write()
    else after(write)
  })
}

function noteStates(note: Note, now: () => number): void {
  const box = useBlackBoxStore()
  const { call } = storeToRefs(useCallStore())

  watch(
    call,
    (next, before) => {
      if (next === null) return
      const isSame = before?.callId === next.callId
      if (!isSame) box.begin(next, now())
      const was = isSame ? before : null
      if (was?.status !== next.status) note({ type: 'status', status: next.status })
      if (next.status === 'calling') noteTalk(note, next, was)
      if (next.status === 'closing') {
        const { outcome, durationMs, failure } = next
        box.end({ at: now(), outcome, durationMs: Math.round(durationMs), failure })
      }
    },
    // Before the effects of the step, one of which is how long the end is shown.
    { flush: 'sync' },
  )
}

function noteTalk(
  note: Note,
  next: Extract<CallState, { status: 'calling' }>,
  was: CallState | null,
): void {
  const before = was?.status === 'calling' ? was : { ...next, link: null, peerAbsence: null }
  const isTurned = before.peerLeg.legId !== next.peerLeg.legId
  // Another leg before the path ever stood is another device that answered.
  if (isTurned && before.link !== 'connecting') note({ type: 'reloaded', side: 'theirs' })
  if (before.link !== next.link) note({ type: 'link', link: next.link })
  if (before.peerAbsence !== next.peerAbsence) {
    const hasLeft = next.peerAbsence === 'left'
    note({ type: 'away', isAway: next.peerAbsence !== null, hasLeft })
  }
}

function noteControls(note: Note, { lines, sharing }: UseBlackBoxOptions): void {
  const controls = useControlsStore()
  const parts = [
    ['mine', 'microphone', () => controls.microphone === 'on'],
    ['mine', 'camera', () => controls.camera === 'on'],
    ['mine', 'screen', () => sharing.local.picture.value !== null],
    ['theirs', 'microphone', () => controls.peerMicrophoneOn],
    ['theirs', 'camera', () => controls.peerCameraOn],
    ['theirs', 'screen', () => controls.peerScreenOn],
  ] as const
  for (const [side, device, read] of parts) {
    watch(
      read,
      (isOn) => {
        note({ type: 'control', side, device, isOn })
      },
      { flush: 'sync' },
    )
  }
  watch(
    () => controls.notices,
    (all, before) => {
      for (const { device, code } of all.filter((one) => !before.includes(one)))
        note({ type: 'failed', device, code })
    },
    { flush: 'sync' },
  )
  watch(
    lines.lines,
    (all, before) => {
      for (const { word } of all.filter((one) => !before.includes(one))) {
        const entry = DEVICE_LINES[word]
        if (entry !== undefined) note(entry)
      }
    },
    { flush: 'sync' },
  )
}

function noteQuality(note: Note, { quality, recovery, trouble }: UseBlackBoxOptions): void {
  recovery.onStep((what) => {
    note({ type: 'mended', what })
  })
  watch(
    trouble,
    (now) => {
      note({ type: 'trouble', trouble: now })
    },
    { flush: 'sync' },
  )
  const paused = { mine: quality.cameraPaused, theirs: quality.peerCameraPaused }
  for (const side of ['mine', 'theirs'] as const) {
    watch(
      paused[side],
      (isOn) => {
        note({ type: 'paused', side, isOn })
      },
      { flush: 'sync' },
    )
  }
}

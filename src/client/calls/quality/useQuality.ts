import { useIntervalFn } from '@vueuse/core'
import { computed, shallowRef, watch, type ComputedRef, type Ref } from 'vue'
import type { PeerState, SideQuality } from '#shared/protocol/peerState.ts'
import type { Page } from '#client/platform/page/Page.ts'
import type { TrackKind } from '../peer/trackKinds.ts'
import { beginJudging, judge, type Judgement } from './judge.ts'
import { readSample, type Sample } from './sample.ts'
import { barsOf, type Bars } from './score.ts'
import { useLateness } from './useLateness.ts'
import { useSending } from './useSending.ts'
import { useShown, type UseShownReturn } from './useShown.ts'
import { POOR, scoresOf, type Cause } from './verdict.ts'
import type { Alarm, Expected } from './watchdogs.ts'

/** `unheard`: my microphone is on and gives nothing. */
export type Trouble = Cause | Alarm | 'unheard'

export interface UseQualityOptions {
  /** They talk, on a path that stands. */
  isOn: Readonly<Ref<boolean>>
  connection: () => Pick<RTCPeerConnection, 'getStats'> | null
  sender: (kind: TrackKind) => RTCRtpSender | undefined
  /** What the peer says that it sends. */
  expected: () => Expected
  /** A word to the server; settles with the answer. */
  ping: () => Promise<unknown>
  /** ms */
  now: () => number
  page: Page
}

export interface UseQualityReturn extends Pick<UseShownReturn, 'reportShown'> {
  /** Bars of four for each side; null while nothing is known. */
  bars: ComputedRef<{ readonly mine: Bars; readonly theirs: Bars } | null>
  /** What the user should know; null: all is well enough. */
  trouble: ComputedRef<Trouble | null>
  /** My camera makes room for my voice. */
  cameraPaused: ComputedRef<boolean>
  peerCameraPaused: ComputedRef<boolean>
  /** What this side says of it to the peer. */
  localState: () => Told
  receive(state: Told): void
  /** Hear each look as it was taken; returns the function that stops it. */
  onLook(handler: (look: Look) => void): () => void
  /** Hear each alarm when it begins; returns the function that stops it. */
  onAlarm(handler: (alarm: Alarm) => void): () => void
}

/** What one look has found: the counters before and now, and how both sides are. */
export interface Look {
  readonly before: Sample | null
  readonly now: Sample
  readonly mine: SideQuality
  readonly theirs: SideQuality | null
}

const LOOK_MS = 1_000
/** In trouble the way to the server is tried more often, to find out whose it is. */
const PROBES_IN_TROUBLE = 4

type Told = Pick<PeerState, 'quality' | 'shows'>

/** The call as both sides have it, once a second: measured, told to the peer, put into words. */
export function useQuality(options: UseQualityOptions): UseQualityReturn {
  const { isOn, now, page } = options
  const { shows, reportShown } = useShown(page)
  const sending = useSending(options.sender)
  const alarmHeard = new Set<(alarm: Alarm) => void>()
  const lookHeard = new Set<(look: Look) => void>()
  const judged = shallowRef<Judgement>(beginJudging(now()))
  const told = shallowRef<Told>({})

  function adapt(): void {
    const isCameraPaused = judged.value.room.isPaused
    sending.adapt({ shows: told.value.shows ?? null, isCameraPaused })
  }

  const { begin, end } = useLooking(options, {
    judged,
    told,
    onJudged(before) {
      adapt()
      const { alarms, last, mine } = judged.value
      const fresh = alarms.filter((alarm) => !before.alarms.includes(alarm))
      for (const alarm of fresh) for (const handler of [...alarmHeard]) handler(alarm)
      if (last === null || mine === null) return
      const look = { before: before.last, now: last, mine, theirs: told.value.quality ?? null }
      for (const handler of [...lookHeard]) handler(look)
    },
  })
  watch(
    isOn,
    (isNow) => {
      if (isNow) begin()
      else end()
    },
    { flush: 'sync' },
  )

  return {
    reportShown,
    ...useWords(judged, told),
    localState: () => ({
      shows: shows.value,
      ...(judged.value.mine === null ? {} : { quality: rounded(judged.value.mine) }),
    }),
    receive({ quality, shows: theirShows }) {
      told.value = {
        ...(quality === undefined ? {} : { quality }),
        ...(theirShows === undefined ? {} : { shows: theirShows }),
      }
      adapt()
    },
    onLook(handler) {
      lookHeard.add(handler)
      return () => void lookHeard.delete(handler)
    },
    onAlarm(handler) {
      alarmHeard.add(handler)
      return () => void alarmHeard.delete(handler)
    },
  }
}

interface LookingParts {
  judged: Ref<Judgement>
  told: Ref<Told>
  onJudged: (before: Judgement) => void
}

/** The look that is taken once a second, while it is on. */
function useLooking(options: UseQualityOptions, { judged, told, onJudged }: LookingParts) {
  const { isOn, now, page } = options
  const lateness = useLateness(options)
  let plannedAt = 0
  let looked: { readonly at: number; readonly elapsed: number } | null = null

  function probe(): void {
    lateness.probe()
    if (Math.min(judged.value.mine?.score ?? 100, told.value.quality?.score ?? 100) >= POOR) return
    for (let nth = 1; nth < PROBES_IN_TROUBLE; nth += 1) {
      setTimeout(
        () => {
          if (isOn.value) lateness.probe()
        },
        (nth * LOOK_MS) / PROBES_IN_TROUBLE,
      )
    }
  }

  async function look(): Promise<void> {
    const at = now()
    const elapsed = performance.now()
    // A tab behind others looks as seldom as the browser lets it.
    const lateMs = plannedAt === 0 || !page.isVisible ? 0 : elapsed - plannedAt
    const sleptMs = looked === null ? 0 : at - looked.at - (elapsed - looked.elapsed)
    plannedAt = elapsed + LOOK_MS
    looked = { at, elapsed }
    probe()
    const report = await options.connection()?.getStats()
    if (report === undefined || !isOn.value) return
    const before = judged.value
    judged.value = judge(before, readSample(report.values(), at), {
      theirs: told.value.quality ?? null,
      late: lateness.share(),
      expected: options.expected(),
      lateMs,
      sleptMs,
      isSending: isCameraSeen(options, told.value),
    })
    onJudged(before)
  }

  const looking = useIntervalFn(
    () => {
      // A connection that closes meanwhile has no statistics, and needs none.
      look().catch(() => undefined)
    },
    LOOK_MS,
    { immediate: false },
  )

  return {
    begin: (): void => {
      judged.value = beginJudging(now())
      plannedAt = 0
      looked = null
      lateness.reset()
      looking.resume()
    },
    end: (): void => {
      looking.pause()
      judged.value = beginJudging(now())
      told.value = {}
    },
  }
}

const isCameraSeen = ({ sender }: UseQualityOptions, { shows }: Told): boolean =>
  sender('camera')?.track !== null && shows?.camera !== 0

/** What is known, as the screen shows it. */
function useWords(
  judged: Readonly<Ref<Judgement>>,
  told: Readonly<Ref<Told>>,
): Pick<UseQualityReturn, 'bars' | 'trouble' | 'cameraPaused' | 'peerCameraPaused'> {
  return {
    bars: computed(() => {
      const { mine, cause } = judged.value
      const { quality } = told.value
      if (mine === null || quality === undefined) return null
      const scores = scoresOf(mine, quality, cause.shown)
      return { mine: barsOf(scores.mine), theirs: barsOf(scores.theirs) }
    }),
    trouble: computed(() => judged.value.alarms[0] ?? judged.value.cause.shown),
    cameraPaused: computed(() => judged.value.room.isPaused),
    peerCameraPaused: computed(() => told.value.quality?.paused === true),
  }
}

/** Said again only when it has changed so that it matters. */
const rounded = (quality: SideQuality): SideQuality => ({
  ...quality,
  score: Math.round(quality.score),
  late: Math.round(quality.late * 20) / 20,
})

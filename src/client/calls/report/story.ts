import type { MessageKey } from '#client/i18n/index.ts'
import { silentSince, type CallReport } from '../blackBox/callReport.ts'
import type { Entry, EntryOf } from '../blackBox/entry.ts'

/** One thing that happened, as the page tells it. */
export interface StoryLine {
  /** ms UTC, the server's clock. */
  readonly at: number
  readonly key: MessageKey
  /** s; how long it lasted, where that is known and worth a word. */
  readonly seconds?: number
  readonly tone: 'plain' | 'good' | 'bad'
}

type Teller<T extends Entry['type']> = (entry: EntryOf<T>, around: Around) => Telling | null
/** With a time where it is another one than that of its entry. */
type Telling = Omit<StoryLine, 'at'> & { readonly at?: number }

interface Around {
  readonly report: CallReport
  /** What is still to come. */
  readonly rest: readonly Entry[]
  /** What was before. */
  readonly past: readonly Entry[]
}

const plain = (key: MessageKey): Telling => ({ key, tone: 'plain' })
const good = (key: MessageKey): Telling => ({ key, tone: 'good' })
const bad = (key: MessageKey): Telling => ({ key, tone: 'bad' })

/** With how long it lasted: until the next word of its kind, or the end of the call. */
function lasting(telling: Telling, { type, at }: Entry, { rest, report }: Around): Telling {
  const endAt = rest.find((one) => one.type === type)?.at ?? report.end?.at
  const seconds = endAt === undefined ? 0 : Math.round((endAt - at) / 1_000)
  return seconds < 1 ? telling : { ...telling, seconds }
}

const TELLERS: { readonly [T in Entry['type']]: Teller<T> } = {
  event: tellEvent,
  status: tellStatus,
  link(entry, around) {
    if (entry.link === 'reconnecting') {
      const at = silentSince(around.report, entry.at)
      return { ...lasting(bad('report.story.lost'), { ...entry, at }, around), at }
    }
    if (entry.link === 'connecting') return null
    const before = around.past.findLast((one) => one.type === 'link')
    return before?.link === 'reconnecting'
      ? good('report.story.found')
      : plain('report.story.connected')
  },
  away({ isAway, hasLeft }) {
    if (!isAway) return good('report.story.here')
    return bad(hasLeft === true ? 'report.story.left' : 'report.story.away')
  },
  server: ({ isReached }, { past }) => {
    const wasLost = past.some((one) => one.type === 'server' && !one.isReached)
    if (!isReached) return bad('report.story.serverLost')
    return wasLost ? good('report.story.serverFound') : null
  },
  reloaded: ({ side }) => plain(`report.story.reloaded.${side}`),
  trouble(entry, around) {
    if (entry.trouble === null) return null
    return lasting(bad(`report.trouble.${entry.trouble}`), entry, around)
  },
  mended: ({ what }) => plain(`report.story.mended.${what}`),
  control(entry, around) {
    const { side, device, isOn } = entry
    if (isNoNews(entry, around)) return null
    return plain(`report.story.control.${side}.${device}.${isOn ? 'on' : 'off'}`)
  },
  paused: (entry, around) =>
    entry.isOn ? lasting(bad(`report.story.paused.${entry.side}`), entry, around) : null,
  device: ({ device, what }) => plain(`report.story.device.${device}.${what}`),
  failed: ({ device }) => bad(`report.story.failed.${device}`),
}

function tellEvent({ event }: EntryOf<'event'>, { past }: Around): Telling | null {
  const isFirst = !past.some((one) => one.type === 'event' && one.event === event)
  return event === 'server/ringing' && isFirst ? plain('report.story.ringing') : null
}

function tellStatus(entry: EntryOf<'status'>, around: Around): Telling | null {
  const { report } = around
  switch (entry.status) {
    case 'waiting':
      return plain(`report.story.dialed.${report.kind}`)
    case 'coming':
      return plain(`report.story.coming.${report.kind}`)
    case 'calling':
      return isBack(entry, around) ? null : plain('report.story.answered')
    case 'closing':
      return null
  }
}

/** A device that opens is off for a moment, and so is one that is changed. */
const MOMENT_MS = 2_000

/** What a call of its kind begins with is no news, nor is what was so before or lasts a moment. */
function isNoNews(entry: EntryOf<'control'>, { past, rest, report }: Around): boolean {
  const { side, device, isOn, at } = entry
  const isSame = (one: Entry): one is EntryOf<'control'> =>
    one.type === 'control' && one.side === side && one.device === device
  const [before, after] = [past.findLast(isSame), rest.find(isSame)]
  const isBrief = [before, after].some((one) => one && Math.abs(one.at - at) < MOMENT_MS)
  const isOnAtFirst = device === 'microphone' || (device === 'camera' && report.kind === 'video')
  return isBrief || isOn === (before?.isOn ?? isOnAtFirst)
}

/** They talked already, and a page of theirs has only come back; that is told by itself. */
function isBack({ at }: Entry, { past, rest }: Around): boolean {
  const hasTalked = past.some((one) => one.type === 'status' && one.status === 'calling')
  const isOwn = (one: Entry): boolean => one.type === 'reloaded' && one.side === 'mine'
  return hasTalked || rest.some((one) => isOwn(one) && one.at - at < 1_000)
}

function tell(entry: Entry, around: Around): Telling | null {
  // The type picks a teller of exactly that type; TypeScript can't see it through the lookup.
  const teller = TELLERS[entry.type] as (entry: Entry, around: Around) => Telling | null
  return teller(entry, around)
}

/** What happened in a call, in the order in which it did; how it ended is told beside it. */
export function storyOf(report: CallReport): readonly StoryLine[] {
  const { entries } = report
  return entries.flatMap((entry, index) => {
    const past = entries.slice(0, index)
    const telling = tell(entry, { report, past, rest: entries.slice(index + 1) })
    return telling === null ? [] : [{ at: entry.at, ...telling }]
  })
}

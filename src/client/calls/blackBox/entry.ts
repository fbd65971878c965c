import * as v from 'valibot'
import { ERROR_CODES } from '#shared/errors.ts'
import { CallOutcome } from '#shared/protocol/calls.ts'
import type { CallEvent, CallEventType } from '../machine/events.ts'
import { table } from '../machine/table.ts'

// The keys of a total table are all events that there are.
const EVENT_TYPES = Object.keys(table.calling) as CallEventType[]
export const Failure = v.picklist(ERROR_CODES)
const LINKS = ['connecting', 'connected', 'reconnecting'] as const

/** What an event says beside its name: closed words alone, never what somebody wrote or sent. */
const EventWord = v.union([
  v.picklist(['offer', 'answer', 'candidate', 'away', 'left', 'back', ...LINKS]),
  v.picklist(['sent', 'ringing', 'offline']),
  CallOutcome,
  Failure,
])
type EventWord = v.InferOutput<typeof EventWord>

const TROUBLES = [
  'mine',
  'theirs',
  'path',
  'computer',
  'theirComputer',
  'silent',
  'frozen',
  'jammed',
  'unheard',
] as const
const DEVICES = v.picklist(['microphone', 'camera', 'speaker'])
const SIDES = v.picklist(['mine', 'theirs'])
/** ms UTC, the server's clock. */
const at = v.number()

/**
 * One thing that happened in a call. This is the whole list of what the black box may hold: no
 * address, no description, no secret, no name and no text has a place in it.
 */
export const Entry = v.variant('type', [
  v.object({
    type: v.literal('event'),
    at,
    event: v.picklist(EVENT_TYPES),
    word: v.optional(EventWord),
    /** How often in a row. */
    times: v.number(),
  }),
  v.object({
    type: v.literal('status'),
    at,
    status: v.picklist(['waiting', 'coming', 'calling', 'closing']),
  }),
  v.object({ type: v.literal('link'), at, link: v.picklist(LINKS) }),
  /** The peer's way to the server. */
  v.object({
    type: v.literal('away'),
    at,
    isAway: v.boolean(),
    /** It closed or reloaded its page; reports of older builds don't say. */
    hasLeft: v.optional(v.boolean()),
  }),
  /** This side's way to the server. */
  v.object({ type: v.literal('server'), at, isReached: v.boolean() }),
  /** A page of the call was loaded anew. */
  v.object({ type: v.literal('reloaded'), at, side: SIDES }),
  v.object({ type: v.literal('trouble'), at, trouble: v.nullable(v.picklist(TROUBLES)) }),
  v.object({ type: v.literal('mended'), at, what: v.picklist(['sound', 'picture']) }),
  v.object({
    type: v.literal('control'),
    at,
    side: SIDES,
    device: v.picklist(['microphone', 'camera', 'screen']),
    isOn: v.boolean(),
  }),
  /** A camera makes room for the voice. */
  v.object({ type: v.literal('paused'), at, side: SIDES, isOn: v.boolean() }),
  v.object({ type: v.literal('device'), at, device: DEVICES, what: v.picklist(['gone', 'back']) }),
  v.object({ type: v.literal('failed'), at, device: DEVICES, code: Failure }),
])
export type Entry = v.InferOutput<typeof Entry>
export type EntryOf<T extends Entry['type']> = Extract<Entry, { type: T }>

/** An event of the machine as the black box holds it. */
export function entryOf(event: CallEvent, atMs: number): EntryOf<'event'> {
  const word = wordOf(event)
  const entry = { type: 'event', at: atMs, event: event.type, times: 1 } as const
  return word === null ? entry : { ...entry, word }
}

function wordOf(event: CallEvent): EventWord | null {
  if (event.type === 'peer/signaled') return event.signal.type
  if (event.type === 'link/changed') return event.link
  if (event.type === 'server/peer') return event.presence
  if (event.type === 'server/invited') return event.reach
  if (event.type === 'server/closed') return event.outcome
  return event.type === 'server/refused' ? event.failure : null
}

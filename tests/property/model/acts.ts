import type { CallEvent } from '#client/calls/machine/events.ts'
import type { Tab } from './tab.ts'
import type { World } from './world.ts'

/** A number that a schedule draws, read digit by digit; small numbers are the plain cases. */
export interface Digits {
  below(below: number): number
}

export function digitsOf(number: number): Digits {
  let rest = number
  return {
    below(below) {
      const digit = rest % below
      rest = Math.floor(rest / below)
      return digit
    },
  }
}

const WAITS_MS = [0, 0, 1, 5, 20, 30, 50, 100, 100, 300, 300, 1_000, 1_000, 3_000, 8_000, 20_000]
/** The largest number that still has a digit for every question. */
export const ACT_MAX = 16 * 16 * 8 * 4 * 4 * 8 - 1

/** Those after it break the way, close a page or meddle. */
const LAST_CALM_ACT = 12

/**
 * One thing that somebody does, and the time until the next one.
 *
 * @param calm only clicks
 */
export function act(world: World, number: number, calm = false): void {
  const digits = digitsOf(number)
  const waitMs = WAITS_MS[digits.below(16)] ?? 0
  const what = digits.below(16)
  const tab = world.tabs[digits.below(8) % world.tabs.length]
  const happens = !calm || what <= LAST_CALM_ACT
  if (happens && tab?.isGone === false) ACTS[what]?.(world, tab, digits, calm)
  world.clock.pass(waitMs)
}

type Act = (world: World, tab: Tab, digits: Digits, calm: boolean) => void

/** Whom a user calls: mostly the one of the two, at times the third. */
function peerOf({ leg }: Tab, digits: Digits): string {
  const pair: Record<string, readonly string[]> = {
    alice: ['bob', 'bob', 'bob', 'carol'],
    bob: ['alice', 'alice', 'alice', 'carol'],
    carol: ['alice', 'bob', 'alice', 'bob'],
  }
  return pair[leg.userId]?.[digits.below(4)] ?? 'bob'
}

/** What a user does that looks at the screen. */
const sensible: Act = (world, tab, digits) => {
  const { call } = tab
  if (call === null || call.status === 'closing') {
    world.dial(tab, peerOf(tab, digits))
    return
  }
  const { callId } = call
  const choice = digits.below(4)
  if (call.status === 'waiting') {
    if (choice === 0) tab.dispatch({ type: 'local/cancelled', callId })
  } else if (call.status === 'coming') {
    if (choice < 3) tab.dispatch({ type: 'local/accepted', callId, muted: choice === 0 })
    else tab.dispatch({ type: 'local/rejected', callId, text: 'later' })
  } else if (choice === 0) {
    tab.dispatch({ type: 'local/hung-up', callId, at: world.clock.now() })
  }
}

/** A click on whatever button, also one that is not on the screen any more. */
const click =
  (eventOf: (callId: string, at: number) => CallEvent): Act =>
  ({ clock }, tab) => {
    if (tab.call !== null) tab.dispatch(eventOf(tab.call.callId, clock.now()))
  }

const accept = click((callId) => ({ type: 'local/accepted', callId, muted: false }))
const reject = click((callId) => ({ type: 'local/rejected', callId, text: null }))
const cancel = click((callId) => ({ type: 'local/cancelled', callId }))
const hangUp = click((callId, at) => ({ type: 'local/hung-up', callId, at }))

const redial: Act = (world, tab, digits, calm) => {
  cancel(world, tab, digits, calm)
  hangUp(world, tab, digits, calm)
  world.dial(tab, peerOf(tab, digits))
}

const twice: Act = (world, tab, digits, calm) => {
  const again = digitsOf(digits.below(16))
  sensible(world, tab, again, calm)
  sensible(world, tab, again, calm)
}

/** The way breaks and heals; the server may notice before or after. */
function breakWay({ clock, chance }: World, { socket }: Tab, awayMs: number): void {
  socket.cut(chance.below(12_000))
  clock.after(awayMs, () => {
    socket.connect()
  })
}

const shortBreak: Act = (world, tab) => {
  breakWay(world, tab, 300 + world.chance.below(5_000))
}

const longBreak: Act = (world, tab) => {
  breakWay(world, tab, 5_000 + world.chance.below(60_000))
}

const openOrClose: Act = ({ tabs, chance }, tab) => {
  if (!tab.socket.isOnline) tab.socket.connect()
  // Somebody has to be left who can see how it ends.
  else if (tabs.filter(({ isGone }) => !isGone).length > 3) tab.close(chance.percent(50))
}

/** Frames about a call of others, written by hand. */
const meddle: Act = ({ arbiter, tabs }, tab, digits) => {
  const known = [...arbiter.opened].filter(
    ([, call]) => call.callerId !== tab.leg.userId && call.calleeId !== tab.leg.userId,
  )
  const callId = known.at(-1)?.[0]
  if (callId === undefined) return
  const { socket, leg } = tab
  const ignore = (): void => undefined
  const toLeg = tabs[digits.below(4)]?.leg.legId ?? leg.legId
  socket.request({ type: 'call.accept', body: { callId } }, ignore)
  socket.request({ type: 'call.cancel', body: { callId } }, ignore)
  socket.request({ type: 'call.reject', body: { callId, text: 'no' } }, ignore)
  const ringing = { callId, audible: true, visible: true, early: true }
  socket.request({ type: 'call.ringing', body: ringing }, ignore)
  const sdp = 'a third one'
  socket.request({ type: 'call.offer', body: { callId, toLeg, generation: 1, sdp } }, ignore)
  const calleeId = toLeg.split('-')[0] ?? ''
  socket.request({ type: 'call.invite', body: { callId, calleeId, kind: 'audio' } }, ignore)
}

const AWAY_MS = [50, 400, 2_000, 12_000]
const CALM_AWAY_MS = [50, 200, 500, 1_000]
const DOWN_MS = [0, 500, 5_000, 40_000]
const CALM_DOWN_MS = [0, 100, 500, 1_000]

/** The tabs of the others in the call of this one. */
const partnersOf = ({ tabs }: World, { call, nth, leg }: Tab): readonly Tab[] =>
  tabs.filter(
    (other) =>
      other.nth !== nth &&
      other.leg.userId !== leg.userId &&
      call !== null &&
      other.call?.callId === call.callId,
  )

/** A page is reloaded, or those of both; or the server dies. Each is back soon. */
const comeAgain: Act = (world, tab, digits, calm) => {
  const what = digits.below(4)
  if (what === 1) reloadAll([tab])
  else if (what === 2) reloadAll([tab, ...partnersOf(world, tab)])
  else if (what === 3) world.restart(pick(calm ? CALM_DOWN_MS : DOWN_MS))

  function pick(lengths: readonly number[]): number {
    return lengths[digits.below(lengths.length)] ?? 0
  }
  function reloadAll(pages: readonly Tab[]): void {
    const awayMs = pick(calm ? CALM_AWAY_MS : AWAY_MS)
    const saysBye = calm || digits.below(2) === 0
    for (const page of pages) world.reload(page, { saysBye, awayMs })
  }
}

const ACTS: readonly Act[] = [
  comeAgain,
  sensible,
  sensible,
  sensible,
  sensible,
  sensible,
  sensible,
  accept,
  reject,
  cancel,
  hangUp,
  redial,
  twice,
  shortBreak,
  (world, tab, digits, calm) =>
    (digits.below(2) === 0 ? longBreak : meddle)(world, tab, digits, calm),
  openOrClose,
]

import type { RecordedOutcome } from '#shared/protocol/calls.ts'
import { act } from './acts.ts'
import { must } from './rules.ts'
import { createWorld, narrate, type World } from './world.ts'

const CROSSING = 3
/** Longer than any click needs to be known everywhere on a good network. */
const KNOWN_MS = 2_500
const PATIENCE = 3
/** Somebody calls already. */
const HONEST: ReadonlySet<string | null> = new Set([null, 'call/already-in-call'])
/** To a page that is gone, and that the server takes for being there, nothing leads. */
const NO_PATH = 'negotiation/no-path'
const BY_ITSELF: ReadonlySet<RecordedOutcome> = new Set(['unanswered', 'busy'])

/**
 * On a good network, with every tab connected, the screens agree with the arbiter a moment after
 * each click, and nothing ends as failed.
 *
 * @throws BrokenRule
 */
export function playFair(seed: number, acts: readonly number[], keepsStory = false): World {
  const world = createWorld({ seed, keepsStory })
  for (const { socket } of world.tabs) socket.connect()
  world.clock.pass(100)
  return narrate(world, () => {
    for (const [index, number] of acts.entries()) {
      act(world, number, true)
      // Some clicks cross each other, and are looked at together.
      if (index % CROSSING !== CROSSING - 1) continue
      world.clock.pass(KNOWN_MS)
      // What time itself ended just now is not known everywhere yet, nor what a restart had held up.
      for (let n = 0; n < PATIENCE && !isShown(world); n += 1) world.clock.pass(KNOWN_MS)
      must(isShown(world), '[CA3] [CA5] [CA7] each screen shows what there is')
      must(isHere(world), '[CA12] [CA14] who is in a call is in it on a page that is there')
      checkEndings(world)
    }
  })
}

/** What a tab shows, as the arbiter sees it. */
function shownBy({ arbiter }: World, { leg }: World['tabs'][number]): string {
  const live = arbiter.service.registry.callOf(leg.userId)
  if (live === undefined) return 'nothing'
  const isCaller = live.caller.legId === leg.legId
  if (live.phase === 'talking') {
    return isCaller || live.callee.legId === leg.legId ? `calling ${live.callId}` : 'nothing'
  }
  if (isCaller) return `waiting ${live.callId}`
  return live.calleeId === leg.userId ? `coming ${live.callId}` : 'nothing'
}

const isShown = (world: World): boolean =>
  world.tabs.every((tab) => {
    const { call } = tab
    const shown = call === null ? 'nothing' : `${call.status} ${call.callId}`
    return shown === shownBy(world, tab)
  })

/** Each participant is a page that is open; but a page may close before it could say that it leaves. */
const isHere = ({ tabs, arbiter, ...world }: World): boolean =>
  tabs.every(({ leg: { userId } }) => {
    const live = arbiter.service.registry.callOf(userId)
    if (live === undefined || world.wasLeft(live.callId)) return true
    const participants = live.phase === 'talking' ? [live.caller, live.callee] : [live.caller]
    return participants.every(({ legId }) => tabs.some(({ leg }) => leg.legId === legId))
  })

/** By itself no call ends but by time; not on a screen, and not in the record. */
function checkEndings({ pages, arbiter, ...world }: World): void {
  for (const { end } of pages.flatMap(({ endings }) => [...endings.values()])) {
    // Who left while the server was away, and was reloaded before it was back, could tell nobody.
    const { failure } = end
    const isFailed = end.outcome === 'failed' && (failure === null || failure === NO_PATH)
    const isByItself = isFailed ? !world.wasLeft(end.callId) : !HONEST.has(failure)
    must(!isByItself, 'nothing fails by itself')
  }
  for (const [callId, { endings }] of arbiter.opened) {
    const isByItself = endings.every(({ outcome }) => BY_ITSELF.has(outcome))
    must(isByItself || world.wasLeft(callId), '[CA12] [CA14] only a click ends a call')
  }
}

import { RING_SAFETY_MS } from '#shared/limits.ts'
import { act } from './acts.ts'
import type { Weather } from './network.ts'
import { must } from './rules.ts'
import type { Tab } from './tab.ts'
import { createWorld, narrate, type World } from './world.ts'

/** Everything that one schedule is made of: replaying it gives the same story. */
export interface Schedule {
  readonly seed: number
  readonly weather: Weather
  /** Of a hundred connections so many find a path. */
  readonly pathPercent: number
  readonly acts: readonly number[]
}

/** Long enough for every ring, grace, connection and repeated request to come to its end. */
const SETTLE_MS = 2 * RING_SAFETY_MS + 40_000

/**
 * Play a schedule to its end and check what must hold then; what must hold at each step is checked
 * by the tabs and the world themselves.
 *
 * @throws BrokenRule
 */
export function play(schedule: Schedule, options: { keepsStory?: boolean } = {}): World {
  const world = createWorld({ ...options, seed: schedule.seed })
  const opened = world.tabs.filter((_, index) => index % 3 !== 2)
  for (const { socket } of opened) socket.connect()
  world.clock.pass(100)
  world.network.weather = schedule.weather
  world.ether.pathPercent = schedule.pathPercent
  return narrate(world, () => {
    for (const number of schedule.acts) act(world, number)
    finish(world)
  })
}

function finish(world: World): void {
  world.heal()
  world.clock.pass(SETTLE_MS)
  checkSettled(world)
  for (const tab of world.tabs) {
    const { call } = tab
    if (call?.status === 'calling' && call.role === 'caller') {
      tab.dispatch({ type: 'local/hung-up', callId: call.callId, at: world.clock.now() })
    }
  }
  world.clock.pass(SETTLE_MS)
  checkOver(world)
}

/** Nobody rings any more, and who talks talks with somebody. */
function checkSettled({ tabs, arbiter: { service } }: World): void {
  for (const tab of tabs) {
    const { call } = tab
    if (call === null) continue
    must(call.status === 'calling', '[CA4] [CA16] nothing rings for ever')
    const live = service.registry.call(call.callId)
    must(live?.phase === 'talking', 'who talks is in a call that goes on')
    const isCaller = live.caller.legId === tab.leg.legId
    must(
      isCaller || live.callee.legId === tab.leg.legId,
      '[CA5] who talks is the leg that answered',
    )
    const partner = tabs.find(({ leg }) => leg.legId === call.peerLeg.legId)
    const theirs = partner?.call
    must(theirs?.callId === call.callId, 'who talks talks with somebody')
    must(theirs.status === 'calling', 'who talks talks with somebody')
    must(theirs.peerLeg.legId === tab.leg.legId, 'the two who talk mean each other')
    must(call.link === 'connected', 'who talks is connected')
    must(call.acceptedAt === theirs.acceptedAt, 'both timers count from the same moment')
  }
  for (const { leg } of tabs) {
    const live = service.registry.callOf(leg.userId)
    if (live === undefined) continue
    must(live.phase === 'talking', '[CA4] nothing rings for ever')
    const talkers = tabs.filter(({ call }) => call?.callId === live.callId)
    must(talkers.length === 2, 'nobody is busy for ever')
  }
}

/** It is over: one record a call, the same for all, and nothing is left of any. */
function checkOver({ tabs, pages, arbiter, ether, clock }: World): void {
  const { registry } = arbiter.service
  must(registry.size === 0, 'no call is left')
  for (const { call, endings, wasAccepted } of arbiter.opened.values()) {
    // A server died before it was written, and nobody was left in it to say it again.
    if (call === null && endings.length === 0) continue
    must(endings.length === 1, '[CA13] one record a call')
    const talked = endings.every(({ outcome }) => outcome === 'completed' || outcome === 'failed')
    // An answer that a caller who had gone never heard of leaves a cancelled call [CA10].
    const isUnmet = endings.every((end) => end.outcome === 'cancelled' && end.durationMs === 0)
    const isTrue = talked ? wasAccepted : !wasAccepted || isUnmet
    must(isTrue, '[CA13] the record says that they talked when they did')
  }
  for (const page of pages) checkEndings(page, arbiter.opened)
  for (const tab of tabs) {
    must(tab.call === null, 'everybody is at rest')
    must(tab.isQuiet, 'nothing of a call is left on a leg')
    must(tab.socket.unanswered === 0, 'no request waits for ever')
    must(registry.callOf(tab.leg.userId) === undefined, 'nobody is busy for ever')
  }
  must(ether.sessions.size === 0, 'no connection is left')
  registry.forget(clock.now() + 600_000)
  for (const callId of arbiter.opened.keys()) {
    must(registry.ended(callId) === undefined, 'what ended long ago is forgotten')
  }
}

/** What the screen said agrees with the record, where the server had its say in time. */
function checkEndings({ endings }: Tab, opened: World['arbiter']['opened']): void {
  for (const [callId, { end, isConfirmed }] of endings) {
    const call = opened.get(callId)
    const record = call?.endings[0]
    if (record === undefined || !isConfirmed || end.outcome === 'taken') continue
    if (call?.lostEnding === true) continue
    must(end.outcome === record.outcome, '[CA13] the screen and the record agree on how it ended')
    must(end.durationMs === record.durationMs, '[CA13] they agree on how long it lasted')
  }
}

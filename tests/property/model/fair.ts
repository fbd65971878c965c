import { act } from './acts.ts'
import { must } from './rules.ts'
import type { Tab } from './tab.ts'
import { createWorld, narrate, type World } from './world.ts'

const CROSSING = 3
/** Longer than any click needs to be known everywhere on a good network. */
const KNOWN_MS = 2_500

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
      // What time itself ended just now is not known everywhere yet.
      if (!isShown(world)) world.clock.pass(KNOWN_MS)
      must(isShown(world), '[CA3] [CA5] [CA7] each screen shows what there is')
      for (const tab of world.tabs) checkEndings(tab)
    }
  })
}

/** What a tab shows, as the arbiter sees it. */
function shownBy({ arbiter }: World, { leg }: Tab): string {
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

function checkEndings({ endings }: Tab): void {
  for (const { end } of endings.values()) {
    const isHonest = end.failure === null || end.failure === 'call/already-in-call'
    must(isHonest && (end.failure !== null || end.outcome !== 'failed'), 'nothing fails by itself')
  }
}

import type { Weather } from './network.ts'
import { must } from './rules.ts'
import { createWorld, narrate, type World } from './world.ts'

/** Two who call each other: when each clicks, and how the frames travel. */
export interface Crossing {
  readonly seed: number
  readonly aliceAtMs: number
  readonly bobAtMs: number
  readonly weather: Weather
}

/** Longer than any lost request takes to be said again and any connection to stand. */
const SETTLE_MS = 40_000

/**
 * Play two crossing calls, each user with two tabs.
 *
 * @throws BrokenRule unless the two talk in one call and nobody rings
 */
export function cross({ seed, aliceAtMs, bobAtMs, weather }: Crossing, keepsStory = false): World {
  const world = createWorld({ seed, tabs: { alice: 2, bob: 2, carol: 1 }, keepsStory })
  for (const { socket } of world.tabs) socket.connect()
  world.clock.pass(100)
  world.network.weather = weather
  world.clock.after(aliceAtMs, () => {
    world.dial(world.tab('alice'), 'bob')
  })
  world.clock.after(bobAtMs, () => {
    world.dial(world.tab('bob'), 'alice')
  })
  return narrate(world, () => {
    world.clock.pass(SETTLE_MS)
    check(world)
  })
}

function check(world: World): void {
  const { registry } = world.arbiter.service
  const [a, b] = [world.tab('alice'), world.tab('bob')]
  must(registry.size === 1, '[CA8] there is one call')
  must(world.arbiter.opened.size === 1, '[CA8] [CA13] there was never another one')
  must(a.call?.status === 'calling' && b.call?.status === 'calling', '[CA8] both talk')
  must(a.call.callId === b.call.callId, '[CA8] both talk in the same call')
  must(a.call.link === 'connected' && b.call.link === 'connected', '[CA8] they are connected')
  must(a.isMediaOpen && b.isMediaOpen, '[CA8] both are heard')
  for (const tab of world.tabs) {
    if (tab === a || tab === b) continue
    must(tab.call === null && tab.ring !== 'incoming', '[CA8] nobody rings')
  }
}

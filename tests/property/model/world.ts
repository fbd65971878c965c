import type { CallPush } from '#shared/protocol/envelope.ts'
import type { UserLeg } from '#server/calls/registry/call.ts'
import type { CallEvent } from '#client/calls/machine/events.ts'
import { createArbiter, type Arbiter } from './arbiter.ts'
import { createChance, type Chance } from './chance.ts'
import { createEther, type Ether } from './ether.ts'
import { createNetwork, FAIR, type Network } from './network.ts'
import { must } from './rules.ts'
import { Tab } from './tab.ts'
import { createVirtualClock, type VirtualClock } from './virtualClock.ts'

export type UserName = 'alice' | 'bob' | 'carol'

/** One server and the tabs of three users who are all contacts. */
export interface World {
  readonly clock: VirtualClock
  readonly chance: Chance
  readonly network: Network
  readonly ether: Ether
  readonly arbiter: Arbiter
  readonly tabs: readonly Tab[]
  tab(user: UserName, index?: number): Tab
  dial(tab: Tab, callee: string): void
  /** The way is good from now on, and every open page finds it. */
  heal(): void
  /** Every event that any tab was given, as text; only kept when asked for. */
  readonly story: string[]
}

export interface WorldOptions {
  readonly seed: number
  /** Tabs a user; those after the first `open` of each are closed at first. */
  readonly tabs?: Readonly<Record<UserName, number>>
  readonly keepsStory?: boolean
}

const TABS = { alice: 2, bob: 3, carol: 1 }

export function createWorld({
  seed,
  tabs: counts = TABS,
  keepsStory = false,
}: WorldOptions): World {
  const clock = createVirtualClock()
  const chance = createChance(seed)
  const network = createNetwork(clock, chance)
  const ether = createEther(clock, network, chance)
  const arbiter = createArbiter(clock, chance)
  const story: string[] = []
  const talking = new Map<string, string>()
  const startedAt = clock.now()
  let dialed = 0

  function watchPush(to: UserLeg, push: CallPush): void {
    if (keepsStory) story.push(line(to.legId, `<- ${JSON.stringify(push)}`))
    const call = arbiter.opened.get(push.body.callId)
    const isIn = call?.callerId === to.userId || call?.calleeId === to.userId
    must(isIn, '[CA9] [CA16] nothing of a call reaches who is not in it')
  }

  function watchEvent({ leg, call }: Tab, event: CallEvent): void {
    if (keepsStory) story.push(line(leg.legId, `${call?.status ?? '-'} ${JSON.stringify(event)}`))
    if (event.type !== 'server/accepted' || call?.callId !== event.callId) return
    const key = `${event.callId}/${leg.userId}`
    const known = talking.get(key)
    must(known === undefined || known === leg.legId, '[CA5] one leg of a user talks')
    talking.set(key, leg.legId)
  }

  const line = (who: string, what: string): string =>
    `${String(clock.now() - startedAt).padStart(7)} ${who} ${what}`

  const tabs = Object.entries(counts).flatMap(([userId, count]) =>
    Array.from({ length: count }, (_, index) => {
      const legId = `${userId}-${String(index + 1)}`
      const leg: UserLeg = { userId, legId, deviceId: `${userId}'s device` }
      const early = !chance.percent(10)
      const visible = chance.percent(70)
      const own = { leg, clock, network, arbiter, ether, visible, early, watchPush, watchEvent }
      return new Tab(own)
    }),
  )

  return {
    clock,
    chance,
    network,
    ether,
    arbiter,
    tabs,
    story,
    tab(user, index = 0) {
      const found = tabs.filter(({ leg }) => leg.userId === user)[index]
      if (found === undefined) throw new Error('no such tab')
      return found
    },
    dial(tab, callee) {
      const { call } = tab
      // As the button does: who calls the one that is calling answers.
      if (call?.status === 'coming' && call.peer.id === callee) {
        tab.dispatch({ type: 'local/accepted', callId: call.callId, muted: false })
        return
      }
      dialed += 1
      const callId = `call-${String(dialed)}`
      const peer = { id: callee, nickname: callee }
      const kind = chance.percent(50) ? 'audio' : 'video'
      tab.dispatch({ type: 'local/dialed', callId, peer, kind, at: clock.now() })
    },
    heal() {
      network.weather = FAIR
      for (const { socket, isGone } of tabs) if (!isGone) socket.connect()
    },
  }
}

/** Run a part of a story; when a rule breaks, the story so far is told with it. */
export function narrate(world: World, run: () => void): World {
  try {
    run()
  } catch (error) {
    if (world.story.length > 0 && error instanceof Error) {
      error.message += `\n${world.story.join('\n')}`
    }
    throw error
  }
  return world
}

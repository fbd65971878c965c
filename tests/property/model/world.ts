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
  /** The page that each tab shows. */
  readonly tabs: readonly Tab[]
  /** Every page that there ever was. */
  readonly pages: readonly Tab[]
  /** Whether somebody left this call by a click, by its id or by that of a crossing invite [CA8]. */
  wasLeft(callId: string): boolean
  tab(user: UserName, index?: number): Tab
  dial(tab: Tab, callee: string): void
  /** The page goes; the next one of the same tab is there a moment later. */
  reload(tab: Tab, how: { saysBye: boolean; awayMs: number }): void
  /** The server dies; the next one is there a moment later. */
  restart(downMs: number): void
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

const LEAVING: ReadonlySet<CallEvent['type']> = new Set([
  'local/cancelled',
  'local/rejected',
  'local/hung-up',
])
const TALKING: ReadonlySet<CallEvent['type']> = new Set(['server/accepted', 'server/resumed'])

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
  const left = new Set<string>()
  const crossing = new Map<string, string>()
  /** By call and user: the tab that talks. */
  const talking = new Map<string, number>()
  const startedAt = clock.now()
  let dialed = 0

  function watchPush(to: UserLeg, push: CallPush): void {
    if (keepsStory) story.push(line(to.legId, `<- ${JSON.stringify(push)}`))
    const call = arbiter.opened.get(push.body.callId)
    const isIn = call?.callerId === to.userId || call?.calleeId === to.userId
    must(isIn, '[CA9] [CA16] nothing of a call reaches who is not in it')
  }

  function watchEvent({ leg, nth, call }: Tab, event: CallEvent): void {
    if (keepsStory) story.push(line(leg.legId, `${call?.status ?? '-'} ${JSON.stringify(event)}`))
    if (LEAVING.has(event.type)) left.add(event.callId)
    if (event.type === 'server/merged') crossing.set(event.into.callId, event.callId)
    if (!TALKING.has(event.type) || call?.callId !== event.callId) return
    const key = `${event.callId}/${leg.userId}`
    const known = talking.get(key)
    must(known === undefined || known === nth, '[CA5] one tab of a user talks')
    talking.set(key, nth)
  }

  const line = (who: string, what: string): string =>
    `${String(clock.now() - startedAt).padStart(7)} ${who} ${what}`

  function openPage(nth: number, leg: UserLeg): Tab {
    const early = !chance.percent(10)
    const visible = chance.percent(70)
    const own = { leg, nth, clock, network, arbiter, ether, visible, early, watchPush, watchEvent }
    const page = new Tab(own)
    tabs[nth] = page
    pages.push(page)
    return page
  }

  const tabs: Tab[] = []
  const pages: Tab[] = []
  for (const [userId, count] of Object.entries(counts)) {
    for (let n = 1; n <= count; n += 1) {
      const legId = `${userId}-${String(n)}`
      openPage(tabs.length, { userId, legId, deviceId: `${userId}'s device` })
    }
  }

  /** Whose answer a server has lost may be answered by another tab. */
  function forgetLostAnswers(): void {
    for (const key of talking.keys()) {
      const [callId = ''] = key.split('/')
      if (arbiter.opened.get(callId)?.wasAccepted !== true) talking.delete(key)
    }
  }

  return {
    clock,
    chance,
    network,
    ether,
    arbiter,
    tabs,
    pages,
    wasLeft: (callId) => left.has(callId) || left.has(crossing.get(callId) ?? ''),
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
    reload(tab, { saysBye, awayMs }) {
      if (tab.isGone) return
      const { memory, leg, nth } = tab
      if (keepsStory) story.push(line(leg.legId, `reloads, ${saysBye ? 'bye' : 'no bye'}`))
      tab.close(saysBye, chance.below(12_000))
      clock.after(awayMs, () => {
        const page = openPage(nth, { ...leg, legId: `${leg.legId}'` })
        if (memory !== null) page.restore(memory)
        page.socket.connect()
      })
    },
    restart(downMs) {
      if (!arbiter.isUp) return
      if (keepsStory) story.push(line('server', 'is killed'))
      arbiter.kill()
      forgetLostAnswers()
      for (const { socket } of tabs) socket.drop(300 + chance.below(700))
      clock.after(downMs, () => {
        arbiter.start()
        if (keepsStory) story.push(line('server', 'starts'))
      })
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

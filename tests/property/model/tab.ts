import type { CallPush } from '#shared/protocol/envelope.ts'
import type { CallEffect, Ring } from '#client/calls/machine/effects.ts'
import type { CallEvent } from '#client/calls/machine/events.ts'
import { createEndedCalls } from '#client/calls/machine/endedCalls.ts'
import type { CallOf, CallState } from '#client/calls/machine/state.ts'
import { transition } from '#client/calls/machine/transition.ts'
import { createResumeSecrets } from '#client/calls/session/resumeSecrets.ts'
import type { UserLeg } from '#server/calls/registry/call.ts'
import type { Arbiter } from './arbiter.ts'
import type { Ether } from './ether.ts'
import { isFresh, remember, type Memory } from './memory.ts'
import type { Network } from './network.ts'
import { createPeers, type Peers } from './peers.ts'
import { eventOf } from './pushEvents.ts'
import { must } from './rules.ts'
import { createTabRequests, signalRequest } from './tabRequests.ts'
import { createTabSocket, type TabSocket } from './tabSocket.ts'
import { createTabTimers, type TabTimers } from './tabTimers.ts'
import type { VirtualClock } from './virtualClock.ts'

/** How a call ended on this tab, and whether the server had its say in it. */
export interface TabEnding {
  readonly end: CallOf<'closing'>
  readonly isConfirmed: boolean
}

export interface TabOptions {
  readonly leg: UserLeg
  /** Which tab shows this page; its leg is another one after a reload. */
  readonly nth: number
  readonly clock: VirtualClock
  readonly network: Network
  readonly arbiter: Arbiter
  readonly ether: Ether
  readonly visible: boolean
  readonly early: boolean
  /** Looks at every push that arrives. */
  readonly watchPush: (to: UserLeg, push: CallPush) => void
  readonly watchEvent: (tab: Tab, event: CallEvent) => void
}

type Interpreters = {
  readonly [T in CallEffect['type']]: (effect: Extract<CallEffect, { type: T }>) => void
}

/** One tab of one user: the real machine, its effects played, and the rules that hold in it. */
export class Tab {
  readonly leg: UserLeg
  readonly nth: number
  readonly socket: TabSocket
  readonly endings = new Map<string, TabEnding>()
  call: CallState | null = null
  readonly resumeSecrets = createResumeSecrets()
  isGone = false
  isMediaOpen = false
  ring: Ring = 'silence'
  readonly #options: TabOptions
  readonly #peers: Peers
  readonly #timers: TabTimers
  readonly #endedCalls = createEndedCalls()
  readonly #interpreters: Interpreters
  #depth = 0

  constructor(options: TabOptions) {
    const { leg, clock, ether } = options
    const dispatch = (event: CallEvent): void => {
      this.dispatch(event)
    }
    const ignore = (): void => undefined
    this.#options = options
    this.leg = leg
    this.nth = options.nth
    this.#timers = createTabTimers(clock, dispatch)
    this.socket = createTabSocket({
      ...options,
      onPush: (push) => {
        options.watchPush(leg, push)
        dispatch(eventOf(push))
      },
      onBack: () => {
        if (this.call !== null) dispatch({ type: 'server/reached', callId: this.call.callId })
      },
    })
    this.#peers = createPeers({
      ether,
      clock,
      legId: leg.legId,
      sendSignal: ({ legId }, signal) => {
        const request = signalRequest(this.call?.callId ?? '', legId, signal)
        if (request !== null) this.socket.request(request, ignore)
      },
      callId: () => this.call?.callId ?? null,
      dispatch,
    })
    this.#interpreters = this.#interpret()
  }

  /** Nothing of a call is left: no connection, no timer, no media, no ring. */
  get isQuiet(): boolean {
    const rings = this.ring === 'incoming' || this.ring === 'ringback'
    return this.#peers.count === 0 && this.#timers.running === 0 && !this.isMediaOpen && !rings
  }

  dispatch(event: CallEvent): void {
    if (this.isGone) return
    this.#options.watchEvent(this, event)
    const again = this.#endedCalls.again(event)
    if (again === null) this.#step(event)
    else this.#carryOut(again)
  }

  #step(event: CallEvent): void {
    const before = this.call
    const { call, effects } = transition(before, event)
    this.#endedCalls.note(event, effects)
    this.call = call
    if (call?.status === 'calling' && before?.status !== 'calling') this.#peers.sayAccepted()
    this.#checkStep(before, event, effects)
    this.#depth += 1
    for (const effect of effects) this.#carryOut(effect)
    this.#depth -= 1
    if (call?.status === 'closing') this.#note(call, event)
    if (this.#depth === 0) this.#checkRest()
  }

  /** What the page after this one finds. */
  get memory(): Memory | null {
    return remember(this.call, this.resumeSecrets, this.#options.clock.now())
  }

  /** The page was reloaded, and finds what the one before it knew [CA12]. */
  restore(memory: Memory): void {
    const at = this.#options.clock.now()
    if (!isFresh(memory, at)) return
    const { callId, secrets, restored } = memory
    this.resumeSecrets.restore(callId, secrets)
    this.dispatch({ type: 'local/restored', callId, restored, at })
  }

  /** The page is closed: nothing of it goes on. */
  close(saysBye: boolean, noticedInMs = 0): void {
    this.isGone = true
    this.call = null
    this.#peers.closeAll()
    this.#timers.clear()
    this.ring = 'silence'
    this.isMediaOpen = false
    this.socket.close(saysBye, noticedInMs)
  }

  #note(end: CallOf<'closing'>, event: CallEvent): void {
    const wasConfirmed = this.endings.get(end.callId)?.isConfirmed ?? false
    const isTheWord = event.type === 'server/closed' && event.callId === end.callId
    this.endings.set(end.callId, { end, isConfirmed: wasConfirmed || isTheWord })
  }

  #checkStep(before: CallState | null, event: CallEvent, effects: readonly CallEffect[]): void {
    if (before?.status === 'coming' && this.call?.status === 'calling') {
      must(event.type === 'local/accepted', '[CA17] only a click answers')
    }
    if (!effects.some(({ type }) => type === 'media/open')) return
    const opens = ['local/dialed', 'local/restored', 'local/accepted', 'server/merged']
    must(opens.includes(event.type), '[CA17] only a click opens microphone and camera')
  }

  #checkRest(): void {
    const status = this.call?.status ?? null
    const { ring, isMediaOpen } = this
    must(status !== 'calling' || ring === 'silence', 'a leg that talks does not ring')
    must(status !== 'coming' || ring === 'incoming', 'a leg that is called rings')
    must(status !== 'waiting' || ring === 'ringback', 'a leg that calls hears it')
    must(status !== 'coming' || !isMediaOpen, '[CA17] nothing is open before the answer')
    if (status !== null && status !== 'closing') return
    must(this.#peers.count === 0, 'no connection outlives its call')
    must(!isMediaOpen, 'no microphone or camera outlives its call')
    must(ring === 'ended' || ring === 'silence', 'nothing rings after the end')
  }

  #carryOut(effect: CallEffect): void {
    // The type picks an interpreter of exactly that type; TypeScript can't see it through the lookup.
    const interpret = this.#interpreters[effect.type] as (effect: CallEffect) => void
    interpret(effect)
  }

  #interpret(): Interpreters {
    const peers = this.#peers
    const timers = this.#timers
    const { leave, ...requests } = createTabRequests({
      ...this.#options,
      resumeSecrets: this.resumeSecrets,
      request: (request, settle) => this.socket.request(request, settle),
      dispatch: (event) => {
        this.dispatch(event)
      },
    })
    return {
      ...requests,
      'peer/open': (effect) => {
        peers.open(effect)
      },
      'peer/signal': (effect) => {
        peers.signal(effect)
      },
      'peer/adopt': (effect) => {
        peers.adopt(effect)
      },
      'peer/drop': ({ legId }) => {
        peers.drop(legId)
      },
      'peer/close-all': ({ callId }) => {
        leave(callId)
        peers.hangUp()
      },
      'media/open': () => {
        this.isMediaOpen = true
      },
      'media/release': () => {
        this.isMediaOpen = false
      },
      ring: ({ ring }) => {
        this.ring = ring
      },
      'timer/start': ({ timer, callId }) => {
        timers.start(timer, callId)
      },
      'timer/stop': ({ timer, callId }) => {
        timers.stop(timer, callId)
      },
      'timer/stop-all': ({ callId }) => {
        timers.stopAll(callId)
      },
    }
  }
}

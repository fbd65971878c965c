import type { IceServer } from '#shared/protocol/calls.ts'
import type { SocketService } from '#client/platform/socket/SocketService.ts'
import { createCallRequests } from './callRequests.ts'
import type { CallTimers } from './callTimers.ts'
import type { CallEffect } from '../machine/effects.ts'
import type { CallEvent } from '../machine/events.ts'
import type { ResumeSecrets } from './resumeSecrets.ts'

/** Everything that the interpreter of effects needs, each part behind a few functions. */
export interface CallEffectParts {
  socket: SocketService
  resumeSecrets: ResumeSecrets
  peer: {
    useIceServers(servers: readonly IceServer[]): void
    open(leg: LegOf<'peer/open'>, options: { offers: boolean }): void
    signal(leg: LegOf<'peer/signal'>, signal: EffectOf<'peer/signal'>['signal']): void
    adopt(leg: LegOf<'peer/adopt'>, options: { offers: boolean }): void
    drop(legId: string): void
    hangUp(): void
  }
  media: { open(kind: 'audio' | 'video', options: { muted: boolean }): void; release(): void }
  ringing: { ring(ring: EffectOf<'ring'>['ring'], callId: string): void }
  timers: CallTimers
  /** How this tab can ring, and whether it connects before the user answers. */
  presence: () => { audible: boolean; visible: boolean; early: boolean }
  dispatch: (event: CallEvent) => void
}

type EffectOf<T extends CallEffect['type']> = Extract<CallEffect, { type: T }>
type LegOf<T extends 'peer/open' | 'peer/signal' | 'peer/adopt'> = EffectOf<T>['leg']
/** One function per effect. */
type Interpreters = { readonly [T in CallEffect['type']]: (effect: EffectOf<T>) => void }

/** The only interpreter of the machine's effects. Results come back as events, or not at all. */
export function createCallEffects(parts: CallEffectParts): (effect: CallEffect) => void {
  const interpreters: Interpreters = {
    ...requestsOf(parts),
    ...connectionsOf(parts),
    ...tabOf(parts),
  }
  return (effect) => {
    // The type picks an interpreter of exactly that type; TypeScript cannot infer that through the lookup.
    const interpret = interpreters[effect.type] as (effect: CallEffect) => void
    interpret(effect)
  }
}

type Part<Prefix extends string> = Pick<
  Interpreters,
  Extract<keyof Interpreters, `${Prefix}/${string}` | Prefix>
>

function requestsOf(parts: CallEffectParts): Part<'send'> & Pick<Interpreters, 'peer/close-all'> {
  const { socket, resumeSecrets, peer, presence, dispatch } = parts
  const requests = createCallRequests({
    socket,
    resumeSecrets,
    dispatch,
    useIceServers: (servers) => {
      peer.useIceServers(servers)
    },
  })

  /** Tell the server. It may know already, or be unreachable: this side goes on in any case. */
  function tell(sent: Promise<unknown>): void {
    sent.catch(() => undefined)
  }

  return {
    'peer/close-all': ({ callId }) => {
      requests.leave(callId)
      peer.hangUp()
    },
    'send/invite': (effect) => void requests.invite(effect),
    'send/ringing': ({ callId }) => {
      tell(socket.request('call.ringing', { callId, ...presence() }))
    },
    'send/accept': ({ callId }) => void requests.accept(callId),
    'send/resume': (effect) => void requests.resume(effect),
    'send/reject': ({ callId, text }) => {
      tell(socket.request('call.reject', text === null ? { callId } : { callId, text }))
    },
    'send/cancel': ({ callId }) => {
      tell(socket.request('call.cancel', { callId }))
    },
    'send/hangup': ({ callId, outcome }) => {
      tell(socket.request('call.hangup', outcome === 'failed' ? { callId, outcome } : { callId }))
    },
  }
}

const connectionsOf = ({ peer }: CallEffectParts): Omit<Part<'peer'>, 'peer/close-all'> => ({
  'peer/open': (effect) => {
    peer.open(effect.leg, effect)
  },
  'peer/signal': ({ leg, signal }) => {
    peer.signal(leg, signal)
  },
  'peer/adopt': (effect) => {
    peer.adopt(effect.leg, effect)
  },
  'peer/drop': ({ legId }) => {
    peer.drop(legId)
  },
})

const tabOf = ({
  media,
  ringing,
  timers,
}: CallEffectParts): Part<'media'> & Part<'ring'> & Part<'timer'> => ({
  'media/open': (effect) => {
    media.open(effect.kind, effect)
  },
  'media/release': () => {
    media.release()
  },
  ring: ({ ring, callId }) => {
    ringing.ring(ring, callId)
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
})

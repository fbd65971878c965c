import * as v from 'valibot'
import { CallId, DeviceId, LegId, UserId, Uuid } from '../ids.ts'
import {
  CANDIDATE_MAX_CHARS,
  REJECT_TEXT_MAX_CHARS,
  SDP_MAX_CHARS,
  SDP_MAX_LINES,
} from '../limits.ts'
import { isVisible } from '../visible.ts'
import { UserView } from './accounts.ts'
import { PlainText } from './text.ts'

export const CallKind = v.picklist(['audio', 'video'])
export type CallKind = v.InferOutput<typeof CallKind>

/** Why a call ended. `taken` is only ever seen by the callee's other legs, so no record carries it. */
export const RECORDED_OUTCOMES = [
  'completed',
  'rejected',
  'cancelled',
  'unanswered',
  'busy',
  'failed',
] as const
export const CALL_OUTCOMES = [...RECORDED_OUTCOMES, 'taken'] as const
export const RecordedOutcome = v.picklist(RECORDED_OUTCOMES)
export type RecordedOutcome = v.InferOutput<typeof RecordedOutcome>
export const CallOutcome = v.picklist(CALL_OUTCOMES)
export type CallOutcome = v.InferOutput<typeof CallOutcome>

/** Which tab: a frame from the peer names the leg that it comes from, by the server's knowledge [CA9]. */
export const LegRef = v.object({ legId: LegId, deviceId: DeviceId })
export type LegRef = v.InferOutput<typeof LegRef>

/** RTCIceServer, as the browser takes it. Empty when neither STUN nor TURN is configured. */
export const IceServer = v.object({
  urls: v.array(v.string()),
  username: v.exactOptional(v.string()),
  credential: v.exactOptional(v.string()),
})
export type IceServer = v.InferOutput<typeof IceServer>

const looksLikeSdp = (sdp: string): boolean =>
  sdp.startsWith('v=0\r\n') &&
  sdp.split('\n', SDP_MAX_LINES + 1).length <= SDP_MAX_LINES &&
  !/^m=(?!audio |video |application )/m.test(sdp)

/** A session description: opaque to the server but for its size and outline [S25]. */
const Sdp = v.pipe(v.string(), v.maxLength(SDP_MAX_CHARS), v.check(looksLikeSdp))

/** RTCIceCandidateInit; the empty string is the end of candidates (RFC 8838). One line, or nothing. */
export const Candidate = v.object({
  candidate: v.pipe(
    v.string(),
    v.maxLength(CANDIDATE_MAX_CHARS),
    v.regex(/^(candidate:[\x20-\x7e]+)?$/),
  ),
  sdpMid: v.nullable(v.pipe(v.string(), v.maxLength(16))),
  sdpMLineIndex: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(15))),
  usernameFragment: v.nullish(v.pipe(v.string(), v.maxLength(256)), null),
})
export type Candidate = v.InferOutput<typeof Candidate>

/** Which RTCPeerConnection of a leg: rises when a leg has to begin anew. */
const Generation = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000))

/**
 * Known to one tab only, which mints it: after a reload, the page that shows it takes the place of the
 * one before [CA12]. It counts once: whoever shows it says the next one.
 */
const ResumeSecret = Uuid

/** Which RTCPeerConnection of the sender a signal is of; a standby counts by itself. */
const origin = { generation: Generation, standby: v.exactOptional(v.literal(true)) }
/** Where a signal goes. Who wants to be reached through the relay alone says so with each [P1]. */
const destination = { toLeg: LegId, relayOnly: v.exactOptional(v.literal(true)) }
const offer = { callId: CallId, ...origin, sdp: Sdp }
const candidate = { callId: CallId, ...origin, candidate: Candidate }
const onlyCallId = v.object({ callId: CallId })
const nothing = v.object({})

/** What the caller is told of a leg that rings, and whether it may connect to it early (decision 4). */
const ringing = {
  callId: CallId,
  /** This tab can make a sound. */
  audible: v.boolean(),
  /** This tab is in front. */
  visible: v.boolean(),
  /** This leg accepts a connection before it is answered. */
  early: v.boolean(),
}

/** How a leg learns that its call is on: the same shape for who accepted and for who is accepted. */
const accepted = {
  callId: CallId,
  /** ms UTC, the server's clock: both timers count from here. */
  acceptedAt: v.number(),
  /** The leg at the other end. */
  peerLeg: LegRef,
}

export const CallAccepted = v.object(accepted)
export type CallAccepted = v.InferOutput<typeof CallAccepted>

/** Somebody calls. */
export const CallComing = v.object({
  callId: CallId,
  caller: UserView,
  kind: CallKind,
  /** ms UTC, the server's clock. */
  invitedAt: v.number(),
  /** The leg that offers. */
  callerLeg: LegRef,
  iceServers: v.array(IceServer),
})
export type CallComing = v.InferOutput<typeof CallComing>

/** Why and how a call ended, for one side. */
export const CallClosed = v.object({
  callId: CallId,
  outcome: CallOutcome,
  /** Talking time in ms. */
  durationMs: v.number(),
})
export type CallClosed = v.InferOutput<typeof CallClosed>

/** The reply to an invite. */
export const CallInvited = v.variant('status', [
  v.object({
    status: v.literal('ringing'),
    invitedAt: v.number(),
    /** `offline`: no device of the callee is connected just now; it still rings until the window ends. */
    reach: v.picklist(['sent', 'offline']),
    iceServers: v.array(IceServer),
  }),
  v.object({ status: v.literal('closed'), outcome: RecordedOutcome, durationMs: v.number() }),
  /** Glare [CA8]: the peer's earlier call lives and is answered by this leg; ours never was. */
  v.object({
    status: v.literal('merged'),
    into: v.object({ ...accepted, kind: CallKind, iceServers: v.array(IceServer) }),
  }),
])
export type CallInvited = v.InferOutput<typeof CallInvited>

/** Where a call stands, for a leg that comes back to it [CA12], [CA14]. */
export const CallResumed = v.variant('status', [
  v.object({
    status: v.literal('ringing'),
    invitedAt: v.number(),
    iceServers: v.array(IceServer),
  }),
  v.object({ status: v.literal('talking'), ...accepted, iceServers: v.array(IceServer) }),
  v.object({ status: v.literal('closed'), outcome: RecordedOutcome, durationMs: v.number() }),
])
export type CallResumed = v.InferOutput<typeof CallResumed>

/** Client to server. Each is idempotent: the client repeats it until it is answered. */
export const callRequests = {
  'call.invite': {
    body: v.object({
      callId: CallId,
      calleeId: UserId,
      kind: CallKind,
      secret: v.exactOptional(ResumeSecret),
    }),
    reply: CallInvited,
  },
  'call.ringing': { body: v.object(ringing), reply: nothing },
  'call.offer': { body: v.object({ ...offer, ...destination }), reply: nothing },
  'call.answer': { body: v.object({ ...offer, ...destination }), reply: nothing },
  'call.candidate': { body: v.object({ ...candidate, ...destination }), reply: nothing },
  'call.accept': {
    body: v.object({ callId: CallId, secret: v.exactOptional(ResumeSecret) }),
    reply: CallAccepted,
  },
  'call.resume': {
    body: v.object({
      callId: CallId,
      /** The one that was said last; also the one before, where nobody knows which arrived. */
      secrets: v.pipe(v.array(ResumeSecret), v.maxLength(2)),
      /** What counts from now on. */
      next: ResumeSecret,
      /** A click on this leg answered: a server that has lost the answer learns it here [CA14]. */
      answered: v.boolean(),
    }),
    reply: CallResumed,
  },
  'call.reject': {
    body: v.object({
      callId: CallId,
      text: v.exactOptional(
        v.pipe(PlainText, v.trim(), v.check(isVisible), v.maxLength(REJECT_TEXT_MAX_CHARS)),
      ),
    }),
    reply: nothing,
  },
  'call.cancel': { body: onlyCallId, reply: nothing },
  'call.hangup': {
    body: v.object({
      callId: CallId,
      /** There was no path to the peer: the record says so, and not that they talked. */
      outcome: v.exactOptional(v.literal('failed')),
    }),
    reply: nothing,
  },
}

/**
 * The peer's socket is lost, its page is being closed or reloaded, or it is back; while it is away the
 * media may well go on [CA10].
 */
export const PeerPresence = v.picklist(['away', 'left', 'back'])
export type PeerPresence = v.InferOutput<typeof PeerPresence>
export type PeerAbsence = Exclude<PeerPresence, 'back'>

/** Server to client, to the legs of that call only; numbered per leg (envelope.ts). */
export const callPushes = {
  'call.coming': CallComing,
  'call.ringing': v.object({ ...ringing, from: LegRef }),
  'call.offer': v.object({ ...offer, from: LegRef }),
  'call.answer': v.object({ ...offer, from: LegRef }),
  'call.candidate': v.object({ ...candidate, from: LegRef }),
  'call.accepted': CallAccepted,
  'call.taken': onlyCallId,
  'call.peer': v.object({ callId: CallId, presence: PeerPresence }),
  /** A leg that rang is gone; `offline`: no other one is connected. */
  'call.left': v.object({
    callId: CallId,
    from: LegRef,
    reach: v.picklist(['sent', 'offline']),
  }),
  'call.closed': CallClosed,
}

import * as v from 'valibot'

const whole = v.pipe(v.number(), v.integer(), v.minValue(0))

/**
 * A request to turn the voice call into a video call, and the answer to the peer's request. Each
 * request of a call has its own number, so that an answer belongs to exactly one.
 */
export const VideoUpgrade = v.object({
  /** The number of this side's latest request; 0: none yet. */
  asked: whole,
  /** The request still waits for an answer. */
  open: v.boolean(),
  /** The number of the peer's request that this side answered last; 0: none. */
  answered: whole,
  /** That answer. */
  yes: v.boolean(),
})
export type VideoUpgrade = v.InferOutput<typeof VideoUpgrade>

/** How this side receives the other one, and what it knows of its own network and machine. */
export const SideQuality = v.object({
  /** 100 is perfect, 0 is nothing at all. */
  score: v.pipe(v.number(), v.minValue(0), v.maxValue(100)),
  /** What keeps the encoder from sending more. */
  limited: v.picklist(['none', 'cpu', 'bandwidth']),
  /** The share of its words to the server that came back late or not at all. */
  late: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  /** It can't keep up with its work. */
  busy: v.boolean(),
  /** Its camera makes room for the voice, and goes on by itself. */
  paused: v.boolean(),
})
export type SideQuality = v.InferOutput<typeof SideQuality>

const Pixels = v.nullable(v.pipe(whole, v.maxValue(20_000)))

/** How high the other side's pictures are shown, in px of the screen; 0: unseen, null: unknown. */
export const Shows = v.object({ camera: Pixels, screen: Pixels })
export type Shows = v.InferOutput<typeof Shows>

/**
 * How often this side has asked for the peer's sound or picture to be sent anew, because none came:
 * another number is another request.
 */
export const Asks = v.object({ sound: whole, picture: whole })
export type Asks = v.InferOutput<typeof Asks>

/** Why nothing comes of a device that is switched on: the user is being asked, or it is slow to open. */
const Wait = v.picklist(['permission', 'device'])
export type Wait = v.InferOutput<typeof Wait>

/** Of each device; null: it is there, or it is off. While it waits, it counts as off. */
const Waits = v.object({ microphone: v.nullable(Wait), camera: v.nullable(Wait) })
export type Waits = v.InferOutput<typeof Waits>

/**
 * What each side repeats on the data channel (`negotiated: true, id: 0`): its whole small state with
 * a rising number, so that accept, mute and hang-up take one network trip and work while the server
 * is away. A state whose `n` is not greater than the last one seen is stale.
 */
export const PeerState = v.object({
  n: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** This leg answered (callee), or saw the answer (caller). */
  accepted: v.boolean(),
  hungUp: v.boolean(),
  microphone: v.boolean(),
  camera: v.boolean(),
  screen: v.boolean(),
  /** Older clients don't send it, and can't be asked. */
  wish: v.optional(VideoUpgrade),
  quality: v.optional(SideQuality),
  shows: v.optional(Shows),
  asks: v.optional(Asks),
  waits: v.optional(Waits),
  /** On a standby: this side plays what comes on it. */
  listens: v.optional(v.boolean(), false),
})
export type PeerState = v.InferOutput<typeof PeerState>

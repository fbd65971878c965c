/** Every limit and time constant that both sides must agree on. Units are in the names. */

/** The wire version of this build; a client of another version is told to reload (close code 4002). */
export const PROTOCOL_VERSION = 6

/** A frame over this closes the socket with 1009 (RFC 6455 7.4.1). */
export const FRAME_MAX_BYTES = 64 * 1024
/** Frames a socket may send in a second before `rate-limited`. */
export const FRAMES_PER_SECOND = 100
/** Unsent bytes of a socket before it is closed as slow (4008). */
export const SEND_QUEUE_MAX_BYTES = 1024 * 1024

/** The server closes a socket that has not said hello by then. */
export const HELLO_TIMEOUT_MS = 10_000
/** How often each side shows that it lives. */
export const HEARTBEAT_INTERVAL_MS = 5_000
/** A connection with no sign of life for this long is dead. */
export const HEARTBEAT_TIMEOUT_MS = 12_000
/** A request without a reply is repeated after this time while the socket is open. */
export const REQUEST_RETRY_MS = 3_000
/** A request without a reply fails as `timed-out` after this time. */
export const REQUEST_TIMEOUT_MS = 15_000

/** How long a call rings, by the server's clock [CA4]. */
export const RING_TIMEOUT_MS = 60_000
/** After this the caller reads the hint that nobody may be near the phone [CA4]. */
export const RING_HINT_MS = 30_000
/** The client's own ring timer is only a safety net, later than the server's [CA4]. */
export const RING_SAFETY_MS = RING_TIMEOUT_MS + 10_000
/** How long a leg may be without a socket before its call ends [CA10]. */
export const LEG_GRACE_MS = 30_000
/** The same after the tab said that it unloads, where the server is not told another time [CA10]. */
export const LEG_UNLOAD_GRACE_MS = 8_000
/** How long the end of a call stays on screen. */
export const CLOSING_LINGER_MS = 2_000
/** An accepted call without a media path ends as `failed` after this time. */
export const CONNECT_TIMEOUT_MS = 30_000

/** A path that stood and is lost is sought for this time before the call ends as `failed`. */
export const LOST_TIMEOUT_MS = 60_000

/** Undelivered call frames kept for a leg in grace [CA11]. */
export const MAILBOX_MAX_FRAMES = 200
export const MAILBOX_MAX_BYTES = 256 * 1024

/** Invites a user may send in a minute [CA15]. */
export const INVITES_PER_MINUTE = 10
/** Characters of one session description [CA15]: half a frame, for JSON escapes some of them (decision 5). */
export const SDP_MAX_CHARS = 32 * 1024
export const SDP_MAX_LINES = 500
/** Characters of one ICE candidate line [CA15]. */
export const CANDIDATE_MAX_CHARS = 1024
/** Candidates a leg may send for one generation [CA15]. */
export const CANDIDATES_PER_GENERATION = 200
/** Descriptions a leg may send in one call and minute [CA15]. */
export const DESCRIPTIONS_PER_MINUTE = 20
/** Ringing legs that the caller connects to before the answer; visible tabs first. */
export const EARLY_LEGS_MAX = 3
/** Bytes of one state message on the data channel. */
export const PEER_STATE_MAX_BYTES = 4 * 1024

export const MOBILE_PATTERN = /^1[3-9]\d{9}$/
export const PASSWORD_MIN_CHARS = 8
export const PASSWORD_MAX_CHARS = 128
export const NICKNAME_MAX_CHARS = 20
export const GREETING_MAX_CHARS = 50
export const GROUP_MAX_MEMBERS = 500
export const GROUP_NAME_MAX_CHARS = 30
export const ANNOUNCEMENT_MAX_CHARS = 2000
/** In one message. */
export const MENTIONS_MAX = 50
export const SEARCH_MAX_CHARS = 100
/** Messages that a search answers at once. */
export const SEARCH_PAGE = 30
/** Messages that a search leaves out at the start. */
export const SEARCH_SKIP_MAX = 1_000
export const CONTACT_REQUEST_TTL_MS = 3 * 24 * 60 * 60 * 1000
export const SESSION_TTL_MS = 30 * 24 * 60 * 60 * 1000
export const TEXT_MAX_CHARS = 5_000
export const REJECT_TEXT_MAX_CHARS = 200
/** Messages that a user may send in `MESSAGES_WINDOW_MS`; repeated ones don't count. */
export const MESSAGES_PER_WINDOW = 30
export const MESSAGES_WINDOW_MS = 10_000
/** How long its sender may take a message back, and change its text, by the server's clock [CH8]. */
export const RECALL_WINDOW_MS = 2 * 60 * 1000
export const EDIT_WINDOW_MS = 24 * 60 * 60 * 1000
/** Characters of a text that are quoted. */
export const QUOTE_MAX_CHARS = 100
/** Different emoji under one message. */
export const REACTIONS_MAX = 20
/** Messages that one request may delete. */
export const DELETE_MAX_MESSAGES = 100
/** While somebody writes, it is said this often; without a word for twice as long they have stopped. */
export const TYPING_EVERY_MS = 3_000
/** How far back a feed goes [CH5]. */
export const FEED_TTL_MS = 30 * 24 * 60 * 60 * 1000
/** Entries in one page of a feed, and characters of their JSON. */
export const FEED_PAGE = 100
export const FEED_PAGE_CHARS = 200_000
/** A client that is told nothing asks its feed this often: what was lost on the way is found. */
export const FEED_CHECK_MS = 30_000
/** Messages in one page of history. */
export const HISTORY_PAGE = 50
/** Tabs of one user that may be connected at once. */
export const SOCKETS_PER_USER = 10
/** Tabs of one user that the server remembers, with those that lost their socket a moment ago. */
export const LEGS_PER_USER = 3 * SOCKETS_PER_USER

/** What is asked of a sender, each by another part of the call; left out, nothing is asked. */
export interface SenderLimits {
  /** At least this much smaller than the source. */
  readonly scale?: number
  readonly maxBitrate?: number
  /** Not at all: nobody sees it. */
  readonly paused?: boolean
  /** Sharp edges or smooth moves, when there is not room for both. */
  readonly preference?: RTCDegradationPreference
}

/** Not in the DOM types yet (W3C WebRTC Extensions 5.4), and known to Chromium and Safari. */
interface Parameters extends RTCRtpSendParameters {
  degradationPreference?: RTCDegradationPreference
}

interface Tuning {
  readonly limits: Map<string, SenderLimits>
  /** Changes that have not come to their end. */
  running: number
  queue: Promise<void>
}

const tunings = new WeakMap<RTCRtpSender, Tuning>()

/**
 * Ask something of a sender, under the name of who asks; a new one under the same name takes its
 * place. What holds is what all of them leave: the smallest picture, the lowest rate. One change
 * goes after the other, because `setParameters` refuses what was not read just before.
 *
 * @returns when it is done, also when the browser refused
 */
export function tuneSender(sender: RTCRtpSender, name: string, limit: SenderLimits): Promise<void> {
  const tuning = tunings.get(sender) ?? { limits: new Map(), running: 0, queue: Promise.resolve() }
  tunings.set(sender, tuning)
  tuning.limits.set(name, limit)
  const run = async (): Promise<void> => {
    await apply(sender, [...tuning.limits.values()])
    tuning.running -= 1
  }
  // At once where nothing is under way: a track that is attached next shall find it done.
  tuning.queue = tuning.running === 0 ? run() : tuning.queue.then(run)
  tuning.running += 1
  return tuning.queue
}

async function apply(sender: RTCRtpSender, limits: readonly SenderLimits[]): Promise<void> {
  try {
    const parameters: Parameters = sender.getParameters()
    for (const encoding of parameters.encodings) change(encoding, limits)
    const preference = limits.findLast((limit) => limit.preference !== undefined)?.preference
    if (preference !== undefined) parameters.degradationPreference = preference
    await sender.setParameters(parameters)
  } catch {
    // Nothing was negotiated yet, the connection closed, or a description came between: it stays
    // as it is until somebody asks again.
  }
}

function change(encoding: RTCRtpEncodingParameters, limits: readonly SenderLimits[]): void {
  const rates = limits.flatMap(({ maxBitrate }) => maxBitrate ?? [])
  encoding.scaleResolutionDownBy = Math.max(1, ...limits.flatMap(({ scale }) => scale ?? []))
  encoding.active = !limits.some(({ paused }) => paused)
  if (rates.length > 0) encoding.maxBitrate = Math.min(...rates)
  else delete encoding.maxBitrate
}

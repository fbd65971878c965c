import { loadRnnoise, RnnoiseWorkletNode } from '@sapphi-red/web-noise-suppressor'
import plainUrl from '@sapphi-red/web-noise-suppressor/rnnoise.wasm?url'
import simdUrl from '@sapphi-red/web-noise-suppressor/rnnoise_simd.wasm?url'
import workletUrl from '@sapphi-red/web-noise-suppressor/rnnoiseWorklet.js?url'
import type { ProcessorHandlers, ProcessedTrack } from './TrackProcessor.ts'
import { watchLag } from './lag.ts'

type View = Window & typeof globalThis

/** RNNoise knows sound of this rate only; a context of its own resamples what comes in. */
const SAMPLE_RATE = 48_000
/** The worklet says neither that it is ready nor that it failed: so long something has to come out. */
const PATIENCE_MS = 8_000
const LOOK_EVERY_MS = 20
/** The delay of the worklet, rounded up: by then the sound of the trial has come out. */
const DELAY_MS = 50

/** Send a track through RNNoise. Settles when the context runs and the network is at work. */
export async function suppressNoise(
  view: View,
  track: MediaStreamTrack,
  { onLoad, onBroken }: ProcessorHandlers,
): Promise<ProcessedTrack> {
  const context = new view.AudioContext({ sampleRate: SAMPLE_RATE })
  try {
    const node = await createNode(context)
    node.addEventListener('processorerror', onBroken)
    // Waits for a gesture where the browser wants one; until then the plain voice goes on.
    await context.resume()
    await expectAtWork(view, node)
    return connect(view, { track, node, onLoad })
  } catch (cause) {
    await context.close()
    throw cause
  }
}

async function createNode(context: AudioContext): Promise<RnnoiseWorkletNode> {
  const [wasmBinary] = await Promise.all([
    loadRnnoise({ url: plainUrl, simdUrl }),
    context.audioWorklet.addModule(workletUrl),
  ])
  if (!WebAssembly.validate(wasmBinary)) throw new Error('the network of RNNoise is not what came')
  const node = new RnnoiseWorkletNode(context, { maxChannels: 1, wasmBinary })
  // A microphone of two channels is a voice all the same.
  node.channelCount = 1
  node.channelCountMode = 'explicit'
  return node
}

/** Until its network is compiled the worklet gives silence: try it with a noise that nobody hears. */
async function expectAtWork(view: View, node: RnnoiseWorkletNode): Promise<void> {
  const { context } = node
  const trial = new view.AudioBufferSourceNode(context, { buffer: noise(context), loop: true })
  const probe = new view.AnalyserNode(context)
  const samples = new Float32Array(probe.fftSize)
  const isSilent = (): boolean => {
    probe.getFloatTimeDomainData(samples)
    return samples.every((sample) => sample === 0)
  }

  trial.connect(node).connect(probe)
  trial.start()
  const until = view.performance.now() + PATIENCE_MS
  while (isSilent()) {
    if (view.performance.now() > until) throw new Error('nothing comes out of the worklet')
    await pause(view, LOOK_EVERY_MS)
  }
  trial.stop()
  trial.disconnect()
  await pause(view, DELAY_MS)
  probe.disconnect()
}

function noise({ sampleRate }: BaseAudioContext): AudioBuffer {
  const buffer = new AudioBuffer({ length: sampleRate / 10, sampleRate })
  const samples = buffer.getChannelData(0)
  // Any sound will do that is not the same all the time.
  for (const index of samples.keys()) samples[index] = ((index * 7_919) % 101) / 101 - 0.5
  return buffer
}

const pause = (view: View, ms: number): Promise<void> =>
  new Promise((resolve) => {
    view.setTimeout(resolve, ms)
  })

interface Connecting {
  track: MediaStreamTrack
  node: RnnoiseWorkletNode
  onLoad: ProcessorHandlers['onLoad']
}

function connect(view: View, { track, node, onLoad }: Connecting): ProcessedTrack {
  const { context } = node
  if (!(context instanceof view.AudioContext)) throw new Error('a context that plays nothing')
  const output = context.createMediaStreamDestination()
  const source = context.createMediaStreamSource(new MediaStream([track]))
  source.connect(node).connect(output)
  const [treated] = output.stream.getAudioTracks()
  if (treated === undefined) throw new Error('a destination without a track')
  const unwatch = watchLag(view, context, onLoad)
  return {
    track: treated,
    stop() {
      unwatch()
      node.destroy()
      treated.stop()
      void context.close()
    },
  }
}

import { describe, expect, it, vi } from 'vitest'
import { createBackgroundBlur } from '#client/platform/media/processors/createBackgroundBlur.ts'
import { createNoiseSuppressor } from '#client/platform/media/processors/createNoiseSuppressor.ts'
import { openFrames } from '#client/platform/media/processors/frames.ts'
import { watchLag } from '#client/platform/media/processors/lag.ts'
import { trustScripts } from '#client/platform/media/processors/trustedScripts.ts'
import type { Load } from '#client/platform/media/processors/TrackProcessor.ts'
import { asTrack, FakeTrack } from '../../../support/peer/FakeTrack.ts'

type View = Window & typeof globalThis

/** A window of which only this is there. */
const viewOf = (parts: object): View => parts as unknown as View

const ABLE = {
  WebAssembly,
  AudioWorkletNode: {},
  WebGL2RenderingContext: {},
  HTMLCanvasElement: { prototype: { captureStream: () => undefined } },
}

describe('a processor is offered', () => {
  it('where the browser has what it needs', () => {
    expect(createNoiseSuppressor(viewOf(ABLE)).isSupported).toBe(true)
    expect(createBackgroundBlur(viewOf(ABLE)).isSupported).toBe(true)
  })

  it.each(['WebAssembly', 'AudioWorkletNode'])('for the voice not without %s', (part) => {
    const { [part]: _missing, ...rest } = ABLE as Record<string, unknown>
    expect(createNoiseSuppressor(viewOf(rest)).isSupported).toBe(false)
  })

  it.each([
    { ...ABLE, WebGL2RenderingContext: undefined },
    { ...ABLE, HTMLCanvasElement: { prototype: {} } },
  ])('for the picture not without a canvas that can be sent', (parts) => {
    const present = Object.fromEntries(Object.entries(parts).filter(([, part]) => part))
    expect(createBackgroundBlur(viewOf(present)).isSupported).toBe(false)
  })
})

describe('the lag of the sound', () => {
  /** One second of the clock in which so much of the sound was made. */
  function loadWith(soundedS: number): Load | undefined {
    let tick = (): void => undefined
    let nowMs = 0
    const context = { currentTime: 0 }
    const loads: Load[] = []
    const view = viewOf({
      performance: { now: () => nowMs },
      setInterval: (handler: () => void) => {
        tick = handler
      },
    })
    watchLag(view, context, (load) => loads.push(load))
    nowMs = 1_000
    context.currentTime = soundedS
    tick()
    return loads[0]
  }

  it.each([
    [1, 0],
    [1.02, 0],
    [0.95, 1],
    [0.5, 10],
  ])('of %f s made in one is a load of %f', (soundedS, share) => {
    expect(loadWith(soundedS)?.share).toBeCloseTo(share)
  })
})

describe('the frames of a camera', () => {
  /** A camera of this rate, whose frames say whether they were closed. */
  function cameraOf(rate: number, frames: number) {
    const given = Array.from({ length: frames }, (_, index) => ({
      timestamp: Math.round((index * 1e6) / rate),
      displayWidth: 1_280,
      displayHeight: 720,
      close: vi.fn(),
    }))
    const view = viewOf({
      MediaStreamTrackProcessor: class {
        readable = new ReadableStream({
          start(controller) {
            for (const frame of given) controller.enqueue(frame)
            controller.close()
          },
        })
      },
    })
    return { given, frames: openFrames(view, asTrack(new FakeTrack('video'))) }
  }

  async function timestampsOf({ frames }: ReturnType<typeof cameraOf>): Promise<number[]> {
    const times: number[] = []
    for (let frame = await frames.next(); frame !== null; frame = await frames.next()) {
      times.push(frame.timestamp)
    }
    return times
  }

  it('are all taken where they come slowly', async () => {
    expect(await timestampsOf(cameraOf(15, 15))).toHaveLength(15)
  })

  it('are thinned out where they come fast, and those left out are closed', async () => {
    const camera = cameraOf(60, 60)
    const taken = await timestampsOf(camera)
    expect(taken).toHaveLength(20)
    expect(camera.given.filter(({ close }) => close.mock.calls.length > 0)).toHaveLength(40)
  })

  it('go on after a pause without a rush', async () => {
    const camera = cameraOf(60, 30)
    for (const frame of camera.given.slice(10)) frame.timestamp += 5e6
    const taken = await timestampsOf(camera)
    const gaps = taken.slice(1).map((time, index) => time - (taken[index] ?? 0))
    expect(Math.min(...gaps)).toBeGreaterThan(40_000)
  })
})

describe('scripts that a library puts into the page', () => {
  it('are run from the addresses that were named, and from no other', () => {
    const createPolicy = vi.fn((_name: string, rules: object) => rules)
    trustScripts(viewOf({ trustedTypes: { createPolicy } }), ['/assets/ours.js'])
    const rules = createPolicy.mock.calls[0]?.[1] as { createScriptURL(url: string): unknown }
    expect(createPolicy.mock.calls[0]?.[0]).toBe('default')
    expect(rules.createScriptURL('/assets/ours.js')).toBe('/assets/ours.js')
    expect(rules.createScriptURL('https://elsewhere.example/ours.js')).toBeNull()
  })

  it('need no policy where the browser has none', () => {
    expect(() => {
      trustScripts(viewOf({}), [])
    }).not.toThrow()
  })
})

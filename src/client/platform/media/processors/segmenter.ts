import type { Options, SelfieSegmentation } from '@mediapipe/selfie_segmentation'
import graphUrl from '@mediapipe/selfie_segmentation/selfie_segmentation.binarypb?url'
import libraryUrl from '@mediapipe/selfie_segmentation/selfie_segmentation.js?url'
import modelUrl from '@mediapipe/selfie_segmentation/selfie_segmentation.tflite?url'
import dataUrl from '@mediapipe/selfie_segmentation/selfie_segmentation_solution_simd_wasm_bin.data?url'
import loaderUrl from '@mediapipe/selfie_segmentation/selfie_segmentation_solution_simd_wasm_bin.js?url'
import wasmUrl from '@mediapipe/selfie_segmentation/selfie_segmentation_solution_simd_wasm_bin.wasm?url'
import { trustScripts } from './trustedScripts.ts'

/** Where the build has put what the library asks for by name. */
const ADDRESSES: Readonly<Record<string, string>> = {
  'selfie_segmentation.binarypb': graphUrl,
  'selfie_segmentation.tflite': modelUrl,
  'selfie_segmentation_solution_simd_wasm_bin.data': dataUrl,
  'selfie_segmentation_solution_simd_wasm_bin.js': loaderUrl,
  'selfie_segmentation_solution_simd_wasm_bin.wasm': wasmUrl,
}

/**
 * The processor computes, not the graphics chip: 28 ms a picture instead of 205 where the browser has no chip
 * and plays one (measured on two busy cores). The library knows the option; its types don't.
 */
const OPTIONS: Options & { useCpuInference: boolean } = { modelSelection: 0, useCpuInference: true }

/** A library of the time before modules: it puts its class into the page. */
type View = Window & { SelfieSegmentation?: typeof SelfieSegmentation }

/** Finds somebody in a picture. */
export interface Segmenter {
  /**
   * Hands `draw` the picture of where somebody is: opaque there, transparent elsewhere. It is good
   * until `draw` returns. One picture at a time: the next one waits.
   */
  segment(image: HTMLCanvasElement, draw: (mask: CanvasImageSource) => void): Promise<void>
}

let isTrusting = false

/** Fetch and start the network; about a second, and 6 MB the first time. */
export async function loadSegmenter(view: View): Promise<Segmenter> {
  // The library takes no notice of what it can't fetch, and waits for ever.
  await Promise.all([wasmUrl, modelUrl, graphUrl].map((url) => expectFile(view, url)))
  if (!isTrusting) trustScripts(view, [libraryUrl, loaderUrl])
  isTrusting = true
  if (view.SelfieSegmentation === undefined) await runScript(view, libraryUrl)
  if (view.SelfieSegmentation === undefined) throw new Error('the library has another shape')

  const library = new view.SelfieSegmentation({
    locateFile: (path) => ADDRESSES[path.slice(path.lastIndexOf('/') + 1)] ?? path,
  })
  let drawNext: ((mask: CanvasImageSource) => void) | null = null
  library.onResults(({ segmentationMask }) => {
    drawNext?.(segmentationMask)
    drawNext = null
  })
  library.setOptions(OPTIONS)
  await library.initialize()

  let last: Promise<unknown> = Promise.resolve()
  return {
    segment(image, draw) {
      const mine = last.then(async () => {
        drawNext = draw
        await library.send({ image })
      })
      last = mine.catch(() => undefined)
      return mine
    },
  }
}

/** That it can be had; it is in the cache then. */
async function expectFile(view: Window, url: string): Promise<void> {
  const response = await view.fetch(url)
  if (!response.ok) throw new Error(`${url}: ${String(response.status)}`)
  await response.arrayBuffer()
}

function runScript({ document }: Window, url: string): Promise<void> {
  const script = document.createElement('script')
  script.src = url
  return new Promise<void>((resolve, reject) => {
    script.addEventListener('load', () => {
      resolve()
    })
    script.addEventListener('error', () => {
      reject(new Error(`${url} can't be run`))
    })
    document.head.append(script)
  }).finally(() => {
    script.remove()
  })
}

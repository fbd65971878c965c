import type { Frame } from './frames.ts'
import type { Segmenter } from './segmenter.ts'

/** px of the longer side: as large as faces in a call are looked at, and as a computer without a chip can do. */
const LONGEST = 640
/** So often the background is halved, and doubled again: what is smaller than 16 px is gone. */
const HALVINGS = 4

interface Sheet {
  readonly canvas: HTMLCanvasElement
  readonly pen: CanvasRenderingContext2D
}

/** Paints frames with somebody in them sharp and everything else blurred. */
export interface Painter {
  /** What was painted last. */
  readonly canvas: HTMLCanvasElement
  paint(frame: Frame): Promise<void>
}

export function createPainter(document: Document, segmenter: Segmenter): Painter {
  const sharp = createSheet(document)
  const painted = createSheet(document)
  const halves = Array.from({ length: HALVINGS }, () => createSheet(document))

  function resize({ width, height }: Frame): void {
    const scale = Math.min(1, LONGEST / Math.max(width, height))
    for (const [step, sheet] of [sharp, ...halves].entries()) {
      setSize(sheet, (width * scale) / 2 ** step, (height * scale) / 2 ** step)
    }
    setSize(painted, sharp.canvas.width, sharp.canvas.height)
  }

  /** No filter of a canvas does it everywhere (Safari), and this is cheaper. */
  function blur(): HTMLCanvasElement {
    const down = [sharp, ...halves]
    for (const [step, sheet] of halves.entries()) copy(down[step], sheet)
    for (let step = HALVINGS - 1; step > 0; step -= 1) copy(down[step + 1], down[step])
    return halves[0]?.canvas ?? sharp.canvas
  }

  return {
    canvas: painted.canvas,
    async paint(frame) {
      resize(frame)
      fill(sharp, frame.image)
      await segmenter.segment(sharp.canvas, (mask) => {
        fill(painted, mask)
        painted.pen.globalCompositeOperation = 'source-in'
        drawWhole(painted, sharp.canvas)
        painted.pen.globalCompositeOperation = 'destination-over'
        drawWhole(painted, blur())
      })
    },
  }
}

function createSheet(document: Document): Sheet {
  const canvas = document.createElement('canvas')
  const pen = canvas.getContext('2d')
  if (pen === null) throw new Error('a canvas that nothing can be painted on')
  return { canvas, pen }
}

function setSize({ canvas }: Sheet, width: number, height: number): void {
  const [w, h] = [Math.max(1, Math.round(width)), Math.max(1, Math.round(height))]
  // Setting a size wipes the canvas, even where it is the same.
  if (canvas.width !== w) canvas.width = w
  if (canvas.height !== h) canvas.height = h
}

function drawWhole({ canvas, pen }: Sheet, image: CanvasImageSource): void {
  pen.drawImage(image, 0, 0, canvas.width, canvas.height)
}

function fill(sheet: Sheet, image: CanvasImageSource): void {
  sheet.pen.globalCompositeOperation = 'copy'
  drawWhole(sheet, image)
}

function copy(from: Sheet | undefined, to: Sheet | undefined): void {
  if (from !== undefined && to !== undefined) fill(to, from.canvas)
}

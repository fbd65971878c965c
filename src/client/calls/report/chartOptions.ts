import type UPlot from 'uplot'
import { talkTime } from '../words/talkTime.ts'
import type { Span } from './chartLines.ts'

interface ChartLook {
  readonly size: { readonly width: number; readonly height: number }
  /** As a canvas takes them. */
  readonly colours: {
    readonly lines: readonly string[]
    readonly text: string
    readonly grid: string
    readonly lost: string
  }
  readonly font: string
  readonly lost: readonly Span[]
  /** Which point the pointer is at; null: at none. */
  readonly onPointed: (index: number | null) => void
}

/** The charts of a page share where the pointer is. */
const SYNC = 'call-report'
const LABEL_PX = 11
const AXIS_PX = 44
/** The least that the scale of values reaches, so that a quiet line stays at the bottom. */
const LEAST_TOP = 10

/** How a chart of the report looks and moves; the data come beside it. */
export function optionsOf(look: ChartLook): UPlot.Options {
  const { size, colours, font } = look
  const axis = {
    stroke: colours.text,
    font: `${LABEL_PX}px ${font}`,
    grid: { stroke: colours.grid, width: 1 },
    ticks: { show: false },
  }
  return {
    ...size,
    legend: { show: false },
    padding: [8, 12, 0, 0],
    cursor: { y: false, drag: { x: false, y: false }, sync: { key: SYNC }, points: { size: 6 } },
    scales: {
      x: { time: false },
      y: { range: (_plot, _least, most) => [0, Math.max(LEAST_TOP, most * 1.1)] },
    },
    axes: [
      { ...axis, size: 24, values: (_plot, ticks) => ticks.map((s) => talkTime(s * 1_000)) },
      { ...axis, size: AXIS_PX },
    ],
    series: [
      {},
      ...colours.lines.map((stroke) => ({ stroke, width: 1.5, points: { show: false } })),
    ],
    hooks: {
      drawClear: [(plot) => shade(plot, look)],
      setCursor: [(plot) => look.onPointed(plot.cursor.idx ?? null)],
    },
  }
}

/** The spans without a path lie behind the lines. */
function shade(plot: UPlot, { lost, colours }: ChartLook): void {
  const { ctx, bbox } = plot
  ctx.save()
  ctx.fillStyle = colours.lost
  for (const [from, to] of lost) {
    const left = Math.max(bbox.left, plot.valToPos(from, 'x', true))
    const right = Math.min(bbox.left + bbox.width, plot.valToPos(to, 'x', true))
    if (right > left) ctx.fillRect(left, bbox.top, right - left, bbox.height)
  }
  ctx.restore()
}

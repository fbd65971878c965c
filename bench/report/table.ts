import type { Spread } from './statistics.ts'

export type Cell = string | number

/** Three digits that mean something, no exponent; what was not measured is a dash. */
export function showNumber(value: number): string {
  if (!Number.isFinite(value)) return '–'
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2
  return value.toLocaleString('en', {
    minimumFractionDigits: Number.isInteger(value) ? 0 : digits,
    maximumFractionDigits: digits,
  })
}

/** `median (min … max)` of several rounds; one number alone when they agree. */
export function showSpread({ median, min, max }: Spread): string {
  const middle = showNumber(median)
  const [low, high] = [showNumber(min), showNumber(max)]
  return low === high ? middle : `${middle} (${low} … ${high})`
}

/** The text of a Markdown table with aligned columns: the first to the left, numbers to the right. */
export function formatTable(
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
): string {
  const texts = rows.map((row) => row.map(show))
  const widths = columns.map((name, at) =>
    Math.max(3, name.length, ...texts.map((row) => (row[at] ?? '').length)),
  )
  const isRight = columns.map((_, at) => at > 0 && texts.every((row) => looksNumeric(row[at])))
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, at) => pad(cells[at] ?? '', width, isRight[at] === true)).join(' | ')} |`
  const rule = widths.map((width, at) =>
    isRight[at] ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width),
  )
  return [line(columns), line(rule), ...texts.map(line)].join('\n')
}

/** Show a table on the terminal. */
export function printTable(
  title: string,
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
): void {
  console.log(`\n${title}\n\n${formatTable(columns, rows)}\n`)
}

const show = (cell: Cell): string => (typeof cell === 'number' ? showNumber(cell) : cell)
const looksNumeric = (text = ''): boolean => text === '' || /^[–<>≤≥\d-]/.test(text)
const pad = (text: string, width: number, isRight: boolean): string =>
  isRight ? text.padStart(width) : text.padEnd(width)

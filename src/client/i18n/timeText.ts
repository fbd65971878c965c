const DAY_MS = 24 * 60 * 60 * 1000

export type TimeStyle = 'short' | 'full'

interface TimeTextOptions {
  /** ms UTC */
  now: number
  locale: string
  /** The word for yesterday. */
  yesterday: string
}

const startOfDay = (at: number): number => new Date(at).setHours(0, 0, 0, 0)

/** Whole days between, by the calendar: a day with 23 or 25 hours is still one. */
const daysBetween = (at: number, now: number): number =>
  Math.round((startOfDay(now) - startOfDay(at)) / DAY_MS)

const FORMS = {
  hour: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  weekday: { weekday: 'long' },
  day: { month: 'long', day: 'numeric' },
  dayOfYear: { year: 'numeric', month: 'long', day: 'numeric' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

type Form = keyof typeof FORMS

const formats = new Map<string, Intl.DateTimeFormat>()

/** To make one takes longer than all the rest of a row. */
function formatOf(locale: string, form: Form): Intl.DateTimeFormat {
  const name = `${locale} ${form}`
  const format = formats.get(name) ?? new Intl.DateTimeFormat(locale, FORMS[form])
  formats.set(name, format)
  return format
}

function dateForm(at: number, days: number, now: number): Form {
  if (days < 7) return 'weekday'
  const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear()
  return isThisYear ? 'day' : 'dayOfYear'
}

/**
 * When a message was written, as one says it today: the hour, yesterday, the weekday, the date.
 * `short` is for a list, and leaves the hour out when it isn't today's; `full` always has it.
 */
export function timeText(at: number, style: TimeStyle, options: TimeTextOptions): string {
  const { now, locale, yesterday } = options
  const hour = formatOf(locale, 'hour').format(at)
  const days = daysBetween(at, now)
  if (days <= 0) return hour
  const day = days === 1 ? yesterday : formatOf(locale, dateForm(at, days, now)).format(at)
  return style === 'short' ? day : `${day} ${hour}`
}

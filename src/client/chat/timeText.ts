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

function dateFormat(at: number, days: number, now: number): Intl.DateTimeFormatOptions {
  if (days < 7) return { weekday: 'long' }
  const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear()
  return isThisYear
    ? { month: 'long', day: 'numeric' }
    : { year: 'numeric', month: 'long', day: 'numeric' }
}

/**
 * When a message was written, as one says it today: the hour, yesterday, the weekday, the date.
 * `short` is for a list, and leaves the hour out when it isn't today's; `full` always has it.
 */
export function timeText(at: number, style: TimeStyle, options: TimeTextOptions): string {
  const { now, locale, yesterday } = options
  const hour = new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at)
  const days = daysBetween(at, now)
  if (days <= 0) return hour
  const day =
    days === 1 ? yesterday : new Intl.DateTimeFormat(locale, dateFormat(at, days, now)).format(at)
  return style === 'short' ? day : `${day} ${hour}`
}

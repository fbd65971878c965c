const isDay = (day: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(day)

/** When a day (`2026-11-28`) begins here, in ms UTC as text; empty for no day. */
export function startOfDay(day: string): string {
  return isDay(day) ? String(new Date(`${day}T00:00`).getTime()) : ''
}

/** When the day after begins here; a day need not have 24 hours. */
export function dayAfter(day: string): string {
  if (!isDay(day)) return ''
  const next = new Date(`${day}T00:00`)
  next.setDate(next.getDate() + 1)
  return String(next.getTime())
}

const two = (value: number): string => String(value).padStart(2, '0')

/** Talking time as mm:ss, and as h:mm:ss from an hour on. */
export function talkTime(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const hours = Math.floor(seconds / 3600)
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  return hours === 0 ? rest : `${String(hours)}:${rest}`
}

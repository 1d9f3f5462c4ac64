/** Moments in the city's own time, for people to read and to choose. */

const FIELDS: Intl.DateTimeFormatOptions = {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
}

function parts(moment: Date, zone: string): Record<string, string> {
  const found: Record<string, string> = {}
  for (const { type, value } of new Intl.DateTimeFormat('en-GB', { ...FIELDS, timeZone: zone }).formatToParts(moment)) {
    found[type] = value
  }
  return found
}

/** `2026-11-21 20:45` in the city's time. */
export function formatMoment(moment: Date, zone: string): string {
  const p = parts(moment, zone)
  return `${p.year}-${p.month}-${p.day} ${p.hour}:${p.minute}`
}

/** `2026-11-21` in the city's time. */
export function formatDay(moment: Date, zone: string): string {
  return formatMoment(moment, zone).slice(0, 10)
}

/** `11-21 20:45`, for rows where the year is plain. */
export function formatShort(moment: Date, zone: string): string {
  return formatMoment(moment, zone).slice(5)
}

/** What a date field of the browser shows for a moment: the city's wall clock without a zone. */
export function toField(moment: Date, zone: string): string {
  return formatMoment(moment, zone).replace(' ', 'T')
}

/** The moment at which the city's wall clock shows what the field holds; null if the field is empty or senseless. */
export function fromField(field: string, zone: string): Date | null {
  const asIfUtc = Date.parse(`${field}Z`)
  if (Number.isNaN(asIfUtc)) return null
  let guess = asIfUtc
  // Two rounds are enough: the second corrects a guess that fell on the other side of a change of clocks.
  for (let round = 0; round < 2; round += 1) guess = asIfUtc - offsetMs(new Date(guess), zone)
  return new Date(guess)
}

function offsetMs(moment: Date, zone: string): number {
  const p = parts(moment, zone)
  const shown = Date.UTC(+p.year, +p.month - 1, +p.day, +p.hour, +p.minute, +p.second)
  return shown - Math.floor(moment.getTime() / 1000) * 1000
}

/** Whether two moments fall on the same day of the city. */
export function isSameDay(a: Date, b: Date, zone: string): boolean {
  return formatDay(a, zone) === formatDay(b, zone)
}

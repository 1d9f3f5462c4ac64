/** Old grids beside new ones: which rows tell a change, how shares read, and what stands in the address. */

export interface Row {
  old_code: string
  new_code: string
  operation: string
}

/** `45 %` of a million parts; what is there but less than a tenth of a per cent says so. */
export function percentOf(ppm: number): string {
  const percent = ppm / 10_000
  if (percent > 0 && percent < 0.1) return '<0.1%'
  return `${percent >= 99.95 && percent < 100 ? '>99.9' : Number(percent.toFixed(1))}%`
}

/** The figures at the end of a code by which people know a grid: `007`. */
export const numberOf = (code: string): string => (/^\d{15,}$/.test(code) ? code.slice(12) : code)

/** The rows of grids that are not the same at both moments. */
export const changedRows = <T extends Row>(rows: readonly T[]): T[] => rows.filter((row) => row.operation !== 'same')

/** The number of grids that ended, began and changed between two moments, from the rows of their concordance. */
export function countsOf(rows: readonly Row[]): { ended: number; begun: number; redrawn: number } {
  const changed = changedRows(rows)
  const olds = new Set(changed.map((row) => row.old_code))
  const news = new Set(changed.map((row) => row.new_code))
  const both = [...olds].filter((code) => news.has(code)).length
  return { ended: olds.size - both, begun: news.size - both, redrawn: both }
}

export interface Asked {
  since: string | null
  until: string | null
  community: string | null
  code: string | null
  map: string | null
}

export function askedBy(fragment: string): Asked {
  const values = new URLSearchParams(fragment.replace(/^#/, ''))
  const moment = (name: string): string | null => {
    const value = values.get(name)
    return value && !Number.isNaN(Date.parse(value)) ? value : null
  }
  return { since: moment('since'), until: moment('until'), community: values.get('community'), code: values.get('code'), map: values.get('map') }
}

export function fragmentOf(asked: Asked): string {
  const parts = Object.entries(asked).flatMap(([name, value]) => (value ? [`${name}=${encodeURIComponent(value).replaceAll('%2F', '/')}`] : []))
  return `#${parts.join('&')}`
}

/** An instant before a plan took effect, so that the net of before and after it can be asked for. */
export const justBefore = (moment: string): string => new Date(Date.parse(moment) - 1).toISOString()

/** The version of the net in effect at a moment; they stand in order of effect. */
export const versionAt = <T extends { effective_at: string }>(versions: readonly T[], moment: string): T | undefined =>
  versions.filter(({ effective_at }) => Date.parse(effective_at) <= Date.parse(moment)).at(-1)

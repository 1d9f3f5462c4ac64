/** Figures for people: shares with their denominator, never a share of nothing. */

/** `64.4 %`, or an em dash where there is nothing to take a share of. */
export function formatShare(part: number, whole: number): string {
  return whole > 0 ? `${((100 * part) / whole).toFixed(1)}%` : '—'
}

/** Digits in groups of three. */
export function formatCount(count: number): string {
  return Math.round(count).toString().replace(/\B(?=(\d{3})+$)/g, ',')
}

/** The line of a sparkline in a box of the given size and, apart, its last stretch; flat series lie in the middle. */
export function sparkline(values: readonly number[], width: number, height: number): { whole: string; last: string } {
  if (values.length < 2) return { whole: '', last: '' }
  const low = Math.min(...values)
  const span = Math.max(...values) - low
  const points = values.map((value, i) => {
    const x = (i * width) / (values.length - 1)
    const y = span === 0 ? height / 2 : height - ((value - low) * height) / span
    return `${x.toFixed(1)} ${y.toFixed(1)}`
  })
  return { whole: `M${points.slice(0, -1).join('L')}`, last: `M${points.slice(-2).join('L')}` }
}

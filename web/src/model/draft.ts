/** A community as it is drawn: what an answer of the service changes in it, and what a planner wants to know of it. */
import type { Position } from 'geojson'
import type { Consequences, DraftFeature, Drawing, GridFigures, Outcome } from '../api/plans'

export interface Draft {
  community: string
  revision: number
  grids: ReadonlyMap<string, DraftFeature>
  today: ReadonlyMap<string, DraftFeature>
  outline: Drawing['outline']
  consequences: Consequences
}

const byKey = (features: readonly DraftFeature[]): Map<string, DraftFeature> =>
  new Map(features.map((feature) => [feature.properties.key, feature]))

export function draftOf(drawing: Drawing): Draft {
  return { ...drawing, grids: byKey(drawing.grids.features), today: byKey(drawing.today.features) }
}

/** The draft after an operation: grids that are gone left out, those that changed put in, the others as they were. */
export function applied(draft: Draft, outcome: Outcome): Draft {
  const grids = new Map(draft.grids)
  for (const key of outcome.gone) grids.delete(key)
  for (const feature of outcome.changed.features) grids.set(feature.properties.key, feature)
  // An operation that only names a grid changes no shape: names and kinds come with the figures.
  for (const { key, name, kind } of outcome.consequences.grids) {
    const known = grids.get(key)
    if (known && (known.properties.name !== name || known.properties.kind !== kind)) {
      grids.set(key, { ...known, properties: { ...known.properties, name, kind: kind === 'dedicated' ? 'dedicated' : 'basic' } })
    }
  }
  return { ...draft, grids, revision: outcome.revision, consequences: outcome.consequences }
}

export interface Difference {
  added: string[]
  ended: string[]
  redrawn: string[]
}

/** Which grids are new, gone, or have another border than today. */
export function difference(draft: Pick<Draft, 'grids' | 'today'>): Difference {
  const added = [...draft.grids.keys()].filter((key) => !draft.today.has(key))
  const ended = [...draft.today.keys()].filter((key) => !draft.grids.has(key))
  const redrawn = [...draft.grids].filter(([key, feature]) => {
    const before = draft.today.get(key)
    return before !== undefined && !sameShape(before, feature)
  })
  return { added, ended, redrawn: redrawn.map(([key]) => key) }
}

/** The grids of a later state that an earlier one had not, or otherwise; then those of the earlier one that are gone. */
export function changedFeatures(before: Draft['grids'], after: Draft['grids']): DraftFeature[] {
  const now = [...after.values()].filter((feature) => {
    const was = before.get(feature.properties.key)
    return !was || !sameShape(was, feature) || JSON.stringify(was.properties) !== JSON.stringify(feature.properties)
  })
  return [...now, ...[...before.values()].filter(({ properties }) => !after.has(properties.key))]
}

/** Rings may begin at another vertex, so shapes are told apart by the vertices they have. */
function sameShape(a: DraftFeature, b: DraftFeature): boolean {
  const places = (feature: DraftFeature): Set<string> => new Set(ringsOf(feature).flat().map(placeKey))
  const first = places(a)
  const second = places(b)
  return first.size === second.size && [...first].every((place) => second.has(place))
}

export function ringsOf(feature: DraftFeature): Position[][] {
  const { geometry } = feature
  return geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat()
}

export const placeKey = ([lng, lat]: Position): string => `${lng.toFixed(7)},${lat.toFixed(7)}`

/** What a grid is called in lists: its own name, or that it is new. */
export function shownName(figures: Pick<GridFigures, 'key' | 'name'>, fresh: (number: string) => string): string {
  return figures.name || fresh(figures.key.split('+').at(-1) ?? figures.key)
}

/** Grids for the table: those farthest from the mean first. */
export function byDeviation(figures: readonly GridFigures[]): GridFigures[] {
  return [...figures].sort((a, b) => Math.abs(b.deviation_pct ?? 0) - Math.abs(a.deviation_pct ?? 0) || (a.key < b.key ? -1 : 1))
}

/** Grids for the table: those of today by their codes, the new ones after them. */
export function byOrder(figures: readonly GridFigures[]): GridFigures[] {
  const isNew = (grid: GridFigures): number => (grid.key.includes('+') ? 1 : 0)
  return [...figures].sort((a, b) => isNew(a) - isNew(b) || a.key.localeCompare(b.key, 'en', { numeric: true }))
}

/** Half the width of a scale around zero on which every deviation fits: round, and never narrower than 20 per cent. */
export function deviationScale(figures: readonly GridFigures[]): number {
  const worst = Math.max(20, ...figures.map((each) => Math.abs(each.deviation_pct ?? 0)))
  return [20, 50, 100, 200, 500].find((step) => worst <= step) ?? Math.ceil(worst / 100) * 100
}

/** Breaks of the scale by which grids are filled: per cent of the mean. */
export const DEVIATION_BREAKS = [-30, -10, 10, 30] as const

/** The class of a deviation, 0 (far below the mean) to 4 (far above); null where nothing is known. */
export function deviationClass(deviation: number | null): number | null {
  return deviation === null ? null : DEVIATION_BREAKS.filter((step) => deviation > step).length
}

/** `+12 %`, `−8 %`, `0 %`, with a sign that is as wide as a digit. */
export function signed(value: number, digits = 0): string {
  const size = Math.abs(value).toFixed(digits)
  if (Number(size) === 0) return `±0`
  return `${value > 0 ? '+' : '−'}${size.replace(/\B(?=(\d{3})+(?!\d))/g, ',')}`
}

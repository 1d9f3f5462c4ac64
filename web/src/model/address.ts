/** What the address of the command page keeps, so that a link shows the same thing. */
import type { Filter } from './ranking'
import { PATROL_STATES, STAFFING_STATES, type Mode } from './status'

export const LAYERS = ['districts', 'streets', 'communities', 'grids', 'villages', 'incidents', 'backdrop', 'blocks', 'labels'] as const
export type LayerKey = (typeof LAYERS)[number]

export interface Extent {
  zoom: number
  lat: number
  lng: number
}

export interface PageState {
  extent: Extent | null
  mode: Mode
  layers: ReadonlySet<LayerKey>
  grid: string | null
  moment: string | null
  filter: Filter | null
}

const FILTERS: readonly string[] = [
  'coverage',
  'overdue',
  'incidents',
  'vacancies',
  ...[...PATROL_STATES, ...STAFFING_STATES].map((key) => `state:${key}`),
]

export const EVERY_LAYER: ReadonlySet<LayerKey> = new Set(LAYERS)

/** Reads the part after `#`; whatever is missing or senseless falls back to the plain view of now. */
export function readAddress(hash: string): PageState {
  const given = new URLSearchParams(hash.replace(/^#/, ''))
  const filter = given.get('filter')
  const layers = given.get('layers')
  return {
    extent: readExtent(given.get('map')),
    mode: given.get('mode') === 'staffing' ? 'staffing' : 'patrol',
    layers: layers === null ? EVERY_LAYER : new Set(LAYERS.filter((key) => layers.split(',').includes(key))),
    grid: given.get('grid') || null,
    moment: readMoment(given.get('at')),
    filter: filter !== null && FILTERS.includes(filter) ? (filter as Filter) : null,
  }
}

function readExtent(value: string | null): Extent | null {
  const [zoom, lat, lng] = (value ?? '').split('/').map(Number)
  const sound = zoom >= 0 && zoom <= 22 && Math.abs(lat) <= 90 && Math.abs(lng) <= 180
  return sound ? { zoom, lat, lng } : null
}

function readMoment(value: string | null): string | null {
  return value !== null && !Number.isNaN(Date.parse(value)) ? value : null
}

export function writeAddress(state: PageState): string {
  const kept = new URLSearchParams()
  if (state.extent) {
    const { zoom, lat, lng } = state.extent
    kept.set('map', `${Number(zoom.toFixed(2))}/${lat.toFixed(5)}/${lng.toFixed(5)}`)
  }
  if (state.mode !== 'patrol') kept.set('mode', state.mode)
  if (state.layers.size !== LAYERS.length) kept.set('layers', [...state.layers].join(','))
  if (state.grid) kept.set('grid', state.grid)
  if (state.moment) kept.set('at', state.moment)
  if (state.filter) kept.set('filter', state.filter)
  return `#${kept.toString().replaceAll('%2F', '/').replaceAll('%2C', ',').replaceAll('%3A', ':')}`
}

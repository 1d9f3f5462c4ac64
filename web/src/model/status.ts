/** The state of every grid: columns as they travel, rows as they are asked for. */
import type { IncidentPoints, Patrol, Staffing, Status } from '../api/wire'

export type Mode = 'patrol' | 'staffing'
export type StateKey = Patrol | Staffing

/** Orders of the legend, from best to worst; a state further right is worse. */
export const PATROL_STATES: readonly Patrol[] = ['on_time', 'due_soon', 'unknown', 'never', 'overdue']
export const STAFFING_STATES: readonly Staffing[] = ['main_backup', 'main_only', 'covered', 'uncovered', 'vacant']

export function statesOf(mode: Mode): readonly StateKey[] {
  return mode === 'patrol' ? PATROL_STATES : STAFFING_STATES
}

export interface GridState {
  code: string
  patrol: Patrol
  staffing: Staffing
  lastVisit: number | null
  openIncidents: number
  worker: string | null
}

export type StateByCode = ReadonlyMap<string, GridState>

/** One row a grid, by code. */
export function statesByCode(status: Pick<Status, 'grids' | 'workers'>): StateByCode {
  const { code, patrol, staffing, last_visit, open_incidents, worker } = status.grids
  const rows = new Map<string, GridState>()
  for (let i = 0; i < code.length; i += 1) {
    const index = worker[i]
    rows.set(code[i], {
      code: code[i],
      patrol: patrol[i],
      staffing: staffing[i],
      lastVisit: last_visit[i],
      openIncidents: open_incidents[i],
      worker: index === null ? null : (status.workers[index] ?? null),
    })
  }
  return rows
}

export function stateIn(mode: Mode, row: GridState | undefined): StateKey {
  if (!row) return mode === 'patrol' ? 'unknown' : 'uncovered'
  return mode === 'patrol' ? row.patrol : row.staffing
}

/** How many grids are in each state of a mode. */
export function countStates(mode: Mode, rows: Iterable<GridState>): Map<StateKey, number> {
  const counts = new Map<StateKey, number>(statesOf(mode).map((key) => [key, 0]))
  for (const row of rows) {
    const key = stateIn(mode, row)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}

/** Age of an open incident in words of the legend; deadlines take its place when they exist. */
export type IncidentAge = 'fresh' | 'days' | 'old'
export const INCIDENT_AGES: readonly IncidentAge[] = ['fresh', 'days', 'old']

const DAY_S = 86_400

export function incidentAge(receivedAt: number, now: number): IncidentAge {
  const age = now - receivedAt
  if (age > 7 * DAY_S) return 'old'
  return age > DAY_S ? 'days' : 'fresh'
}

export interface OpenIncident {
  id: string
  number: string
  lng: number
  lat: number
  category: string
  receivedAt: number
  age: IncidentAge
}

export function openIncidents(points: IncidentPoints, now: number): OpenIncident[] {
  return points.id.map((id, i) => ({
    id,
    number: String(points.number[i]),
    lng: points.x[i],
    lat: points.y[i],
    category: points.category[i],
    receivedAt: points.received_at[i],
    age: incidentAge(points.received_at[i], now),
  }))
}

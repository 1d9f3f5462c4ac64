/** Which grids to look at first, and which of them a headline figure speaks of. */
import { PATROL_STATES, type GridState, type StateKey } from './status'

/** A headline figure used as a filter, or one state of the legend. */
export type Filter = 'coverage' | 'overdue' | 'incidents' | 'vacancies' | `state:${StateKey}`

const STATE = 'state:'

export function stateFilter(key: StateKey): Filter {
  return `${STATE}${key}`
}

/** Whether a grid belongs to what the filter names; coverage shows the grids that keep it down. */
export function matches(filter: Filter, row: GridState): boolean {
  switch (filter) {
    case 'coverage':
      return row.patrol === 'overdue' || row.patrol === 'never'
    case 'overdue':
      return row.patrol === 'overdue'
    case 'incidents':
      return row.openIncidents > 0
    case 'vacancies':
      return row.staffing === 'vacant'
    default: {
      const key = filter.slice(STATE.length)
      return row.patrol === key || row.staffing === key
    }
  }
}

/** Days since the last visit; null where none is known. */
export function daysSince(row: GridState, now: number): number | null {
  return row.lastVisit === null ? null : Math.max(0, Math.floor((now - row.lastVisit) / 86_400))
}

/**
 * Rows from worst to best: state of patrol first, then nobody answering, then age, then open incidents, then code.
 * A grid whose state is unknown is not held against anybody and comes after those that are overdue.
 */
export function worstFirst(rows: Iterable<GridState>, now: number): GridState[] {
  const age = (row: GridState): number => daysSince(row, now) ?? 0
  const unanswered = (row: GridState): number => (row.staffing === 'vacant' || row.staffing === 'uncovered' ? 1 : 0)
  return [...rows].sort(
    (a, b) =>
      PATROL_STATES.indexOf(b.patrol) - PATROL_STATES.indexOf(a.patrol) ||
      unanswered(b) - unanswered(a) ||
      age(b) - age(a) ||
      b.openIncidents - a.openIncidents ||
      (a.code < b.code ? -1 : 1),
  )
}

export function mostIncidentsFirst(rows: Iterable<GridState>): GridState[] {
  return [...rows].sort((a, b) => b.openIncidents - a.openIncidents || (a.code < b.code ? -1 : 1))
}

/** The rows a filter names, in the order in which one would act on them. */
export function rowsFor(filter: Filter | null, rows: Iterable<GridState>, now: number): GridState[] {
  const kept = filter === null ? rows : [...rows].filter((row) => matches(filter, row))
  return filter === 'incidents' ? mostIncidentsFirst(kept) : worstFirst(kept, now)
}

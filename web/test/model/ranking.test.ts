import { describe, expect, it } from 'vitest'
import type { Patrol, Staffing } from '../../src/api/wire'
import { daysSince, matches, rowsFor, stateFilter, worstFirst } from '../../src/model/ranking'
import type { GridState } from '../../src/model/status'

const DAY = 86_400
const NOW = 100 * DAY

function grid(code: string, patrol: Patrol, days: number | null, more: Partial<GridState> = {}): GridState {
  const lastVisit = days === null ? null : NOW - days * DAY
  return { code, patrol, staffing: 'main_backup' as Staffing, lastVisit, openIncidents: 0, worker: null, ...more }
}

const codes = (rows: GridState[]): string => rows.map((row) => row.code).join('')

describe('the worst grids', () => {
  it('are overdue before never visited before unknown before due soon', () => {
    const rows = [grid('d', 'due_soon', 25), grid('u', 'unknown', null), grid('n', 'never', null), grid('o', 'overdue', 31)]
    expect(codes(worstFirst(rows, NOW))).toBe('onud')
  })

  it('among overdue ones are those nobody answers for, then the oldest, then those with most open', () => {
    const rows = [
      grid('a', 'overdue', 40),
      grid('b', 'overdue', 60),
      grid('c', 'overdue', 40, { openIncidents: 2 }),
      grid('v', 'overdue', 35, { staffing: 'vacant' }),
    ]
    expect(codes(worstFirst(rows, NOW))).toBe('vbca')
  })

  it('keep their order by code where all else is equal', () => {
    expect(codes(worstFirst([grid('b', 'overdue', 40), grid('a', 'overdue', 40)], NOW))).toBe('ab')
  })
})

describe('a filter', () => {
  const rows = [grid('a', 'overdue', 40), grid('b', 'on_time', 1, { openIncidents: 5 }), grid('c', 'never', null, { staffing: 'vacant' })]

  it('of coverage shows the grids that keep it down', () => {
    expect(codes(rowsFor('coverage', rows, NOW))).toBe('ac')
  })

  it('of incidents puts the fullest first', () => {
    expect(codes(rowsFor('incidents', rows, NOW))).toBe('b')
  })

  it('of vacancies shows vacant grids only', () => {
    expect(codes(rowsFor('vacancies', rows, NOW))).toBe('c')
  })

  it('of a state in the legend shows that state', () => {
    expect(matches(stateFilter('overdue'), rows[0])).toBe(true)
    expect(matches(stateFilter('vacant'), rows[0])).toBe(false)
  })
})

it('days are whole and never negative', () => {
  expect(daysSince(grid('a', 'on_time', 1.9), NOW)).toBe(1)
  expect(daysSince(grid('a', 'on_time', -1), NOW)).toBe(0)
  expect(daysSince(grid('a', 'never', null), NOW)).toBeNull()
})

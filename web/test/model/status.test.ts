import { describe, expect, it } from 'vitest'
import { countStates, incidentAge, openIncidents, stateIn, statesByCode } from '../../src/model/status'

const status = {
  workers: ['王秀英', '李强'],
  grids: {
    code: ['A', 'B', 'C'],
    staffing: ['main_backup', 'covered', 'vacant'] as const,
    patrol: ['on_time', 'overdue', 'never'] as const,
    last_visit: [1000, 500, null],
    open_incidents: [0, 3, 1],
    worker: [1, 0, null],
  },
}
const rows = statesByCode(status as never)

describe('the state of a grid', () => {
  it('names who answers now', () => {
    expect(rows.get('A')?.worker).toBe('李强')
    expect(rows.get('C')?.worker).toBeNull()
  })

  it('is one word in each way of colouring', () => {
    expect(stateIn('patrol', rows.get('B'))).toBe('overdue')
    expect(stateIn('staffing', rows.get('B'))).toBe('covered')
  })

  it('is unknown, never fine, where nothing is said', () => {
    expect(stateIn('patrol', undefined)).toBe('unknown')
  })
})

it('counts every state, also those that no grid is in', () => {
  const counts = countStates('patrol', rows.values())
  expect(counts.get('overdue')).toBe(1)
  expect(counts.get('due_soon')).toBe(0)
})

it('an incident grows old by days', () => {
  const day = 86_400
  expect(incidentAge(0, day)).toBe('fresh')
  expect(incidentAge(0, day + 1)).toBe('days')
  expect(incidentAge(0, 7 * day + 1)).toBe('old')
})

it('incidents come out of their columns row by row', () => {
  const columns = { id: ['i'], number: [7], x: [117], y: [33], category: ['noise'], state: ['routed'], received_at: [0] }
  expect(openIncidents(columns, 10)).toEqual([
    { id: 'i', number: '7', lng: 117, lat: 33, category: 'noise', receivedAt: 0, age: 'fresh' },
  ])
})

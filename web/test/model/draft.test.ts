import { expect, it } from 'vitest'
import type { Consequences, DraftFeature, Drawing, GridFigures, Outcome } from '../../src/api/plans'
import { applied, byDeviation, byOrder, deviationClass, deviationScale, difference, draftOf, shownName, signed } from '../../src/model/draft'

function grid(key: string, west: number, east: number, name = key): DraftFeature {
  const ring = [[west, 0], [east, 0], [east, 1], [west, 1], [west, 0]]
  const properties = { key, name, kind: 'basic' as const, code: null, drawn_from: key, decided: false, fresh_code: false }
  return { type: 'Feature', id: key, geometry: { type: 'Polygon', coordinates: [ring] }, properties }
}

function figures(key: string, deviation_pct: number | null, name = key): GridFigures {
  return { key, name, kind: 'basic', area_m2: 1, counts: {}, workload: 1, deviation_pct, change: null, worker: null }
}

function consequences(...grids: GridFigures[]): Consequences {
  return {
    grids,
    workers: [],
    mean_workload: 1,
    worst_deviation_pct: 0,
    worst_deviation_today_pct: 0,
    incidents_from: null,
    incidents_until: null,
  }
}

const collection = (...features: DraftFeature[]): Drawing['grids'] => ({ type: 'FeatureCollection', features })
const today = draftOf({
  community: '340302001001',
  revision: 1,
  grids: collection(grid('A', 0, 2), grid('B', 2, 3)),
  today: collection(grid('A', 0, 2), grid('B', 2, 3)),
  outline: { type: 'Polygon', coordinates: [[[0, 0], [3, 0], [3, 1], [0, 1], [0, 0]]] },
  consequences: consequences(figures('A', 10), figures('B', -10)),
})

const outcome = (changed: DraftFeature[], gone: string[], told: Consequences): Outcome => ({
  community: today.community,
  revision: 2,
  position: 1,
  stored: true,
  changed: collection(...changed),
  gone,
  consequences: told,
})

it('takes up a split: the grid is smaller, the new one is there, the neighbour is the very same', () => {
  const after = applied(today, outcome([grid('A', 0, 1), grid('A+1', 1, 2, '')], [], consequences()))
  expect([...after.grids.keys()]).toEqual(['A', 'B', 'A+1'])
  expect(after.grids.get('B')).toBe(today.grids.get('B'))
  expect(difference(after)).toEqual({ added: ['A+1'], ended: [], redrawn: ['A'] })
})

it('takes up a merge: what is gone is gone', () => {
  const after = applied(today, outcome([grid('A', 0, 3)], ['B'], consequences(figures('A', 0))))
  expect(difference(after)).toEqual({ added: [], ended: ['B'], redrawn: ['A'] })
  expect(after.revision).toBe(2)
})

it('is as today again after both are undone', () => {
  const merged = applied(today, outcome([grid('A', 0, 3)], ['B'], consequences()))
  const undone = applied(merged, outcome([grid('A', 0, 2), grid('B', 2, 3)], [], today.consequences))
  expect(difference(undone)).toEqual({ added: [], ended: [], redrawn: [] })
})

it('takes a new name from the figures though no shape changed', () => {
  const after = applied(today, outcome([], [], consequences(figures('A', 0, '东风第一'))))
  expect(after.grids.get('A')?.properties.name).toBe('东风第一')
})

it('does not take a ring that begins elsewhere for another shape', () => {
  const turned = grid('A', 0, 2)
  turned.geometry = { type: 'Polygon', coordinates: [[[2, 0], [2, 1], [0, 1], [0, 0], [2, 0]]] }
  expect(difference(applied(today, outcome([turned], [], consequences()))).redrawn).toEqual([])
})

it('puts the farthest from the mean first', () => {
  expect(byDeviation([figures('A', 3), figures('B', -40), figures('C', null)]).map(({ key }) => key)).toEqual(['B', 'A', 'C'])
})

it('puts new grids after those of today', () => {
  const rows = ['340302001001+1', '340302001001010', '340302001001002'].map((key) => figures(key, 0))
  expect(byOrder(rows).map(({ key }) => key.slice(-3))).toEqual(['002', '010', '1+1'.slice(0, 1) + '+1'])
})

it('has a scale on which every bar fits', () => {
  expect(deviationScale([])).toBe(20)
  expect(deviationScale([figures('A', -33)])).toBe(50)
  expect(deviationScale([figures('A', 612)])).toBe(700)
})

it('tells five classes apart and no class for nothing known', () => {
  expect([-50, -20, 0, 20, 50, null].map(deviationClass)).toEqual([0, 1, 2, 3, 4, null])
})

it('writes signs plainly', () => {
  expect([1234, -3.6, 0.2].map((value) => signed(value))).toEqual(['+1,234', '−4', '±0'])
  expect(shownName({ key: '340302001001+2', name: '' }, (number) => `新网格 ${number}`)).toBe('新网格 2')
})

import type { Position } from 'geojson'
import { expect, it } from 'vitest'
import { alongLine, distanceToRings, mostFrequent, movableVertices, pairAtEnds, withVertexMoved } from '../../src/model/borders'

const box = (west: number, south: number, east: number, north: number): Position[][] => [
  [[west, south], [east, south], [east, north], [west, north], [west, south]],
]
/** Three grids: A and B side by side, C above both. */
const a: Position[][] = [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]
const b: Position[][] = [[[1, 0], [2, 0], [2, 1], [1, 1], [1, 0]]]
const c: Position[][] = [[[0, 1], [1, 1], [2, 1], [2, 2], [0, 2], [0, 1]]]
const grids = new Map([['A', a], ['B', b], ['C', c]])
const outline: Position[][] = [[[0, 0], [1, 0], [2, 0], [2, 1], [2, 2], [0, 2], [0, 1], [0, 0]]]

it('offers the corner where three grids meet, once, and nothing of the frozen border', () => {
  expect(movableVertices(grids, outline)).toEqual([{ place: [1, 1], keys: ['A', 'B', 'C'], isCorner: true }])
})

it('tells corners from vertices that only follow a line', () => {
  const left: Position[][] = [[[0, 0], [1, 0], [1, 0.5], [1.2, 0.7], [1, 1], [0, 1], [0, 0]]]
  const right: Position[][] = [[[1, 0], [2, 0], [2, 1], [1, 1], [1.2, 0.7], [1, 0.5], [1, 0.25], [1, 0]]]
  left[0].splice(2, 0, [1, 0.25])
  const found = movableVertices(new Map([['A', left], ['B', right]]), [])
  const corners = found.filter(({ isCorner }) => isCorner).map(({ place }) => place)
  expect(corners).toContainEqual([1.2, 0.7])
  expect(corners).not.toContainEqual([1, 0.25])
})

it('keeps shared corners together: the same move in every ring', () => {
  for (const rings of [a, b, c]) {
    const moved = withVertexMoved(rings, [1, 1], [1.1, 0.9])
    expect(moved.flat()).toContainEqual([1.1, 0.9])
    expect(moved.flat()).not.toContainEqual([1, 1])
  }
})

it('leaves a vertex out', () => {
  expect(withVertexMoved(c, [1, 1], null)[0]).toHaveLength(5)
})

it('measures to the nearest border', () => {
  expect(distanceToRings([0, 0.4], box(-1, 0, 1, 1))).toBeCloseTo(0.4)
})

it('finds the two grids that a drawn border lies between', () => {
  expect(pairAtEnds(grids, [[1, 0.05], [1.2, 0.5], [1, 0.9]])?.sort()).toEqual(['A', 'B'])
  expect(pairAtEnds(new Map([['A', a]]), [[0, 0], [1, 1]])).toBeNull()
})

it('walks along a line in even steps', () => {
  const steps = alongLine([[0, 0], [1, 0], [1, 3]], 4)
  expect(steps.map(([x, y]) => [Number(x.toFixed(3)), Number(y.toFixed(3))])).toEqual([[0.5, 0], [1, 0.5], [1, 1.5], [1, 2.5]])
})

it('knows which name comes most often', () => {
  expect(mostFrequent(['A', null, 'B', 'B'])).toBe('B')
  expect(mostFrequent([null])).toBeNull()
})

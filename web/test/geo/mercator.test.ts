import { expect, it } from 'vitest'
import { flatten, flattenPosition, FRAME_ZOOM, frameAt } from '../../src/geo/flatten'
import { fromWorld, toWorld } from '../../src/geo/mercator'

it('puts the middle of the world into the middle of its one tile', () => {
  expect(toWorld(0, 0, 0)).toEqual({ x: 128, y: 128 })
})

it('finds the same place again', () => {
  const { x, y } = toWorld(117.3889, 32.9169, FRAME_ZOOM)
  const back = fromWorld(x, y, FRAME_ZOOM)
  expect(back.lng).toBeCloseTo(117.3889, 9)
  expect(back.lat).toBeCloseTo(32.9169, 9)
})

it('keeps places of a city near the origin of its frame', () => {
  const { x, y } = flattenPosition([117.5, 32.9], frameAt(117.38, 32.93))
  expect(Math.hypot(x, y)).toBeLessThan(1000)
})

it('flattens every ring of many parts, and nothing from nothing', () => {
  const frame = frameAt(0, 0)
  const ring = [[0, 0], [1, 0], [1, 1], [0, 0]]
  expect(flatten({ type: 'MultiPolygon', coordinates: [[ring, ring], [ring]] }, frame)).toHaveLength(3)
  expect(flatten({ type: 'LineString', coordinates: ring }, frame)[0]).toHaveLength(8)
  expect(flatten(null, frame)).toEqual([])
})

import { expect, it } from 'vitest'
import { boxesMeet, isEmpty, joinBoxes } from '../../src/geo/box'
import { Buckets } from '../../src/geo/buckets'

const cell = (code: string, x: number, y: number) => ({ code, box: { minX: x, minY: y, maxX: x + 10, maxY: y + 10 } })

it('finds every grid whose box holds the point', () => {
  const cells = [cell('a', 0, 0), cell('b', 10, 0), cell('c', 5, 5)]
  const near = new Buckets(cells).near(7, 7).map(({ code }) => code)
  expect(near).toContain('a')
  expect(near).toContain('c')
})

it('finds nothing outside the city, and nothing in an empty one', () => {
  expect(new Buckets([cell('a', 0, 0)]).near(50, 50)).toEqual([])
  expect(new Buckets([]).near(0, 0)).toEqual([])
})

it('joins no boxes to an empty box', () => {
  expect(isEmpty(joinBoxes([]))).toBe(true)
})

it('boxes meet when they share an edge', () => {
  expect(boxesMeet(cell('a', 0, 0).box, cell('b', 10, 0).box)).toBe(true)
  expect(boxesMeet(cell('a', 0, 0).box, cell('b', 10.1, 0).box)).toBe(false)
})

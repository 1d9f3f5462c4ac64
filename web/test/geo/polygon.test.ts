import { describe, expect, it } from 'vitest'
import { isInside, labelPoint, signedDoubleArea } from '../../src/geo/polygon'

const ring = (...numbers: number[]): Float64Array => Float64Array.from(numbers)
const square = ring(0, 0, 10, 0, 10, 10, 0, 10, 0, 0)
const hole = ring(4, 4, 6, 4, 6, 6, 4, 6, 4, 4)
const horseshoe = ring(0, 0, 10, 0, 10, 10, 8, 10, 8, 2, 2, 2, 2, 10, 0, 10, 0, 0)

describe('a point', () => {
  it('lies in a grid that surrounds it', () => {
    expect(isInside([square], 5, 5)).toBe(true)
    expect(isInside([square], 11, 5)).toBe(false)
  })

  it('does not lie in the hole of a grid', () => {
    expect(isInside([square, hole], 5, 5)).toBe(false)
    expect(isInside([square, hole], 2, 2)).toBe(true)
  })

  it('lies in either part of a grid of two parts', () => {
    const island = ring(20, 20, 30, 20, 30, 30, 20, 30, 20, 20)
    expect(isInside([square, island], 25, 25)).toBe(true)
    expect(isInside([square, island], 15, 15)).toBe(false)
  })
})

describe('a name', () => {
  it('stands at the centre of a plain grid', () => {
    expect(labelPoint([square])).toEqual({ x: 5, y: 5 })
  })

  it('stands inside a grid that bends around its own centre', () => {
    const { x, y } = labelPoint([horseshoe])
    expect(isInside([horseshoe], x, y)).toBe(true)
  })

  it('stands in the largest part', () => {
    const speck = ring(20, 20, 21, 20, 21, 21, 20, 20)
    expect(labelPoint([speck, square])).toEqual({ x: 5, y: 5 })
  })
})

it('an area has the sign of its direction', () => {
  const backwards = ring(0, 0, 0, 10, 10, 10, 10, 0, 0, 0)
  expect(Math.abs(signedDoubleArea(square))).toBe(200)
  expect(signedDoubleArea(backwards)).toBe(-signedDoubleArea(square))
})

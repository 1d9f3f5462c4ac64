import { beforeEach, describe, expect, it, vi } from 'vitest'
import { joinedPath } from '../../src/map/joined'

let joins = 0

beforeEach(() => {
  joins = 0
  vi.stubGlobal('Path2D', class { addPath(): void { joins += 1 } })
})

function row(many: number): { box: { minX: number; minY: number; maxX: number; maxY: number }; path: Path2D }[] {
  return Array.from({ length: many }, (_, x) => ({ box: { minX: x, minY: 0, maxX: x + 1, maxY: 1 }, path: new Path2D() }))
}

describe('shapes drawn as one path', () => {
  it('are those in view while they are few', () => {
    joinedPath(row(100), { minX: 0.2, minY: 0, maxX: 8.5, maxY: 1 })
    expect(joins).toBe(9)
  })

  it('are all of them when most are in view, and joined once', () => {
    const shapes = row(100)
    const shown = { minX: 0, minY: 0, maxX: 90, maxY: 1 }
    const path = joinedPath(shapes, shown)
    expect(joinedPath(shapes, shown)).toBe(path)
    expect(joins).toBe(100)
  })

  it('are joined anew for another list', () => {
    const shown = { minX: 0, minY: 0, maxX: 90, maxY: 1 }
    expect(joinedPath(row(3), shown)).not.toBe(joinedPath(row(3), shown))
  })
})

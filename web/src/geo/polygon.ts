/** Questions about polygons given as flat rings (x, y, x, y, …; the even-odd rule covers holes and many parts). */
import type { Point } from './mercator'

export type FlatRing = Float64Array

/** Whether a point lies inside, by counting crossings; points exactly on a border may fall on either side. */
export function isInside(rings: readonly FlatRing[], x: number, y: number): boolean {
  let inside = false
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
      const yi = ring[i + 1]
      const yj = ring[j + 1]
      if (yi > y !== yj > y && x < ((ring[j] - ring[i]) * (y - yi)) / (yj - yi) + ring[i]) inside = !inside
    }
  }
  return inside
}

/** Twice the signed area of a ring; the sign tells its direction. */
export function signedDoubleArea(ring: FlatRing): number {
  let sum = 0
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    sum += (ring[j] - ring[i]) * (ring[j + 1] + ring[i + 1])
  }
  return sum
}

/** Where a name stands best: the centroid of the largest ring, or, if that is outside, the middle of its widest row. */
export function labelPoint(rings: readonly FlatRing[]): Point {
  let largest = rings[0]
  for (const ring of rings) {
    if (Math.abs(signedDoubleArea(ring)) > Math.abs(signedDoubleArea(largest))) largest = ring
  }
  const centre = centroid(largest)
  return isInside(rings, centre.x, centre.y) ? centre : middleOfRow(rings, centre)
}

function centroid(ring: FlatRing): Point {
  const [originX, originY] = ring
  let x = 0
  let y = 0
  let weight = 0
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    const ax = ring[j] - originX
    const ay = ring[j + 1] - originY
    const bx = ring[i] - originX
    const by = ring[i + 1] - originY
    const cross = ax * by - bx * ay
    x += (ax + bx) * cross
    y += (ay + by) * cross
    weight += cross
  }
  if (weight === 0) return { x: originX, y: originY }
  return { x: originX + x / (3 * weight), y: originY + y / (3 * weight) }
}

function middleOfRow(rings: readonly FlatRing[], near: Point): Point {
  const crossings: number[] = []
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
      const yi = ring[i + 1]
      const yj = ring[j + 1]
      if (yi > near.y !== yj > near.y) crossings.push(((ring[j] - ring[i]) * (near.y - yi)) / (yj - yi) + ring[i])
    }
  }
  crossings.sort((a, b) => a - b)
  let best = { x: near.x, width: -1 }
  for (let i = 0; i + 1 < crossings.length; i += 2) {
    const width = crossings[i + 1] - crossings[i]
    if (width > best.width) best = { x: (crossings[i] + crossings[i + 1]) / 2, width }
  }
  return { x: best.x, y: near.y }
}

/** How far something is, for a list; reckoned on the phone alone. */

export interface Place {
  x: number
  y: number
}

const EARTH_M = 6_371_000
const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** Metres along the ground between two places in degrees WGS 84. */
export function distanceM(from: Place, to: Place): number {
  const dLat = radians(to.y - from.y)
  const dLng = radians(to.x - from.x)
  const half = Math.sin(dLat / 2) ** 2 + Math.cos(radians(from.y)) * Math.cos(radians(to.y)) * Math.sin(dLng / 2) ** 2
  return 2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(half)))
}

/** Rounded as people say it: to ten metres near by, to a hundred further off. */
export function roundedM(metres: number): number {
  const step = metres < 1000 ? 10 : 100
  return Math.round(metres / step) * step
}

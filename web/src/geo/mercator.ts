/** Spherical Mercator, the projection of the map on the screen, as plain numbers. */

const TILE = 256
const MAX_LATITUDE = 85.0511287798

export interface Point {
  x: number
  y: number
}

/** World pixels of a WGS 84 position at a zoom level; y grows southward. */
export function toWorld(lng: number, lat: number, zoom: number): Point {
  const size = TILE * 2 ** zoom
  const clipped = Math.max(-MAX_LATITUDE, Math.min(MAX_LATITUDE, lat))
  const sine = Math.sin((clipped * Math.PI) / 180)
  return {
    x: ((lng + 180) / 360) * size,
    y: (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * size,
  }
}

/** The WGS 84 position of world pixels at a zoom level. */
export function fromWorld(x: number, y: number, zoom: number): { lng: number; lat: number } {
  const size = TILE * 2 ** zoom
  const exponent = Math.exp((0.5 - y / size) * 4 * Math.PI)
  return {
    lng: (x / size) * 360 - 180,
    lat: (Math.asin((exponent - 1) / (exponent + 1)) * 180) / Math.PI,
  }
}

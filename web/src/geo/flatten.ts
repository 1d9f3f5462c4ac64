/** GeoJSON geometries as flat lists of numbers in a frame of the screen, ready for drawing and for asking. */
import type { Geometry, Position } from 'geojson'
import { toWorld, type Point } from './mercator'
import type { FlatRing } from './polygon'

/** The frame: world pixels at `FRAME_ZOOM`, counted from an origin near the city so that single floats are exact enough. */
export const FRAME_ZOOM = 12

export interface Frame {
  origin: Point
}

export function frameAt(lng: number, lat: number): Frame {
  const { x, y } = toWorld(lng, lat, FRAME_ZOOM)
  return { origin: { x: Math.round(x), y: Math.round(y) } }
}

export function flattenPosition(position: Position, frame: Frame): Point {
  const { x, y } = toWorld(position[0], position[1], FRAME_ZOOM)
  return { x: x - frame.origin.x, y: y - frame.origin.y }
}

function flattenLine(line: readonly Position[], frame: Frame): FlatRing {
  const flat = new Float64Array(line.length * 2)
  for (let i = 0; i < line.length; i += 1) {
    const { x, y } = flattenPosition(line[i], frame)
    flat[2 * i] = x
    flat[2 * i + 1] = y
  }
  return flat
}

/** Every ring or line of a geometry; points and unknown kinds give none. */
export function flatten(geometry: Geometry | null, frame: Frame): FlatRing[] {
  if (!geometry) return []
  switch (geometry.type) {
    case 'Polygon':
    case 'MultiLineString':
      return geometry.coordinates.map((line) => flattenLine(line, frame))
    case 'MultiPolygon':
      return geometry.coordinates.flatMap((polygon) => polygon.map((ring) => flattenLine(ring, frame)))
    case 'LineString':
      return [flattenLine(geometry.coordinates, frame)]
    case 'GeometryCollection':
      return geometry.geometries.flatMap((part) => flatten(part, frame))
    default:
      return []
  }
}

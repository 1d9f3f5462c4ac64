/** A draft made ready for drawing: each grid and block with its paths, built once for as long as its shape stays. */
import type { Position } from 'geojson'
import type { DraftFeature, PlanBlocks } from '../api/plans'
import type { Box } from '../geo/box'
import { flatten, type Frame } from '../geo/flatten'
import type { Point } from '../geo/mercator'
import { isInside, labelPoint, type FlatRing } from '../geo/polygon'
import { placeKey, ringsOf } from '../model/draft'
import { boxOf, pathOf } from './scene'

export interface Shape {
  rings: FlatRing[]
  box: Box
  path: Path2D
}

export interface DraftShape extends Shape {
  key: string
  name: string
  dedicated: boolean
  anchor: Point
  places: Position[][]
}

export interface BlockShape extends Shape {
  code: string
  name: string | null
  places: Position[][]
}

const made = new WeakMap<DraftFeature, DraftShape>()

/** The shape of a grid; the same for the same feature, so that a small change costs little. */
export function draftShape(feature: DraftFeature, frame: Frame): DraftShape {
  const known = made.get(feature)
  if (known) return known
  const rings = flatten(feature.geometry, frame)
  const { key, name, kind } = feature.properties
  const shape: DraftShape = {
    key,
    name,
    dedicated: kind === 'dedicated',
    rings,
    box: boxOf(rings),
    path: pathOf(rings, true),
    anchor: labelPoint(rings),
    places: ringsOf(feature),
  }
  made.set(feature, shape)
  return shape
}

export function blockShapes(document: PlanBlocks, frame: Frame): BlockShape[] {
  return document.features.map(({ geometry, properties }) => {
    const rings = flatten(geometry, frame)
    const places = geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat()
    return { code: properties.code, name: properties.name, rings, box: boxOf(rings), path: pathOf(rings, true), places }
  })
}

/** The shape at a place of the frame; null outside all of them. */
export function shapeAt<T extends Shape>(shapes: readonly T[], { x, y }: Point): T | null {
  return (
    shapes.find(
      ({ box, rings }) => x >= box.minX && x <= box.maxX && y >= box.minY && y <= box.maxY && isInside(rings, x, y),
    ) ?? null
  )
}

/** The border lines of all grids, each once however many grids it belongs to. */
export function borderPath(shapes: readonly DraftShape[]): Path2D {
  const path = new Path2D()
  const seen = new Set<string>()
  for (const { rings, places } of shapes) {
    rings.forEach((ring, r) => {
      const names = places[r].map(placeKey)
      let isDown = false
      for (let i = 1; i < names.length; i += 1) {
        const edge = names[i - 1] < names[i] ? `${names[i - 1]} ${names[i]}` : `${names[i]} ${names[i - 1]}`
        if (seen.has(edge)) {
          isDown = false
          continue
        }
        seen.add(edge)
        if (!isDown) path.moveTo(ring[2 * i - 2], ring[2 * i - 1])
        path.lineTo(ring[2 * i], ring[2 * i + 1])
        isDown = true
      }
    })
  }
  return path
}

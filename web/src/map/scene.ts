/** The city made ready for drawing: every grid, area and line in one frame, with paths built once. */
import type { Geometry } from 'geojson'
import type { AreaDocument, BlockDocument, GridDocument, LineDocument, LineProperties } from '../api/wire'
import { emptyBox, extendBox, joinBoxes, type Box } from '../geo/box'
import { Buckets } from '../geo/buckets'
import { flatten, frameAt, type Frame } from '../geo/flatten'
import { isInside, labelPoint, type FlatRing } from '../geo/polygon'
import type { Point } from '../geo/mercator'

export interface GridShape {
  code: string
  name: string
  dedicated: boolean
  communityCode: string
  rings: FlatRing[]
  box: Box
  anchor: Point
  path: Path2D
}

export interface AreaShape {
  code: string
  name: string
  level: number
  hasGrids: boolean
  box: Box
  anchor: Point
  path: Path2D
}

export interface LineShape {
  class: LineProperties['class']
  box: Box
  path: Path2D
}

export interface Scene {
  frame: Frame
  /** Metres of one frame unit, for things that have a width on the ground. */
  unitM: number
  grids: GridShape[]
  gridByCode: Map<string, GridShape>
  areas: AreaShape[]
  areaByCode: Map<string, AreaShape>
  buckets: Buckets<GridShape>
}

const METRES_PER_PIXEL_AT_EQUATOR_ZOOM_12 = 156_543.034 / 4096

export function pathOf(rings: readonly FlatRing[], closed: boolean): Path2D {
  const path = new Path2D()
  for (const ring of rings) {
    path.moveTo(ring[0], ring[1])
    for (let i = 2; i < ring.length; i += 2) path.lineTo(ring[i], ring[i + 1])
    if (closed) path.closePath()
  }
  return path
}

export function boxOf(rings: readonly FlatRing[]): Box {
  const box = emptyBox()
  for (const ring of rings) extendBox(box, ring)
  return box
}

/** In a frame of its own, or in one that is there already. */
export function buildScene(grids: GridDocument, areas: AreaDocument, known?: Frame): Scene {
  const [lng, lat] = firstPosition(areas.features[0]?.geometry ?? grids.features[0]?.geometry)
  const frame = known ?? frameAt(lng, lat)
  const gridShapes = gridsOf(grids, frame)
  const areaShapes = areasOf(areas, frame)
  return {
    frame,
    unitM: METRES_PER_PIXEL_AT_EQUATOR_ZOOM_12 * Math.cos((lat * Math.PI) / 180),
    grids: gridShapes,
    gridByCode: new Map(gridShapes.map((shape) => [shape.code, shape])),
    areas: areaShapes,
    areaByCode: new Map(areaShapes.map((shape) => [shape.code, shape])),
    buckets: new Buckets(gridShapes),
  }
}

function firstPosition(geometry: Geometry | undefined): readonly [number, number] {
  if (geometry?.type === 'Polygon') return [geometry.coordinates[0][0][0], geometry.coordinates[0][0][1]]
  if (geometry?.type === 'MultiPolygon') return [geometry.coordinates[0][0][0][0], geometry.coordinates[0][0][0][1]]
  return [117.38, 32.93]
}

function gridsOf(document: GridDocument, frame: Frame): GridShape[] {
  return document.features.flatMap(({ geometry, properties }) => {
    const rings = flatten(geometry, frame)
    if (rings.length === 0) return []
    return {
      code: properties.code,
      name: properties.name,
      dedicated: properties.kind === 'dedicated',
      communityCode: properties.community_code,
      rings,
      box: boxOf(rings),
      anchor: labelPoint(rings),
      path: pathOf(rings, true),
    }
  })
}

function areasOf(document: AreaDocument, frame: Frame): AreaShape[] {
  return document.features.flatMap(({ geometry, properties }) => {
    const rings = flatten(geometry, frame)
    if (rings.length === 0) return []
    return {
      code: properties.code,
      name: properties.name,
      level: properties.level,
      hasGrids: properties.has_grids,
      box: boxOf(rings),
      anchor: labelPoint(rings),
      path: pathOf(rings, true),
    }
  })
}

export function linesOf(document: LineDocument, frame: Frame): LineShape[] {
  return document.features.map(({ geometry, properties }) => {
    const rings = flatten(geometry, frame)
    return { class: properties.class, box: boxOf(rings), path: pathOf(rings, false) }
  })
}

export function blockPaths(document: BlockDocument, frame: Frame): Path2D {
  const path = new Path2D()
  for (const { geometry } of document.features) path.addPath(pathOf(flatten(geometry, frame), true))
  return path
}

/** The grid at a place of the frame; null outside every grid. */
export function gridAt(scene: Scene, x: number, y: number): GridShape | null {
  return scene.buckets.near(x, y).find((shape) => isInside(shape.rings, x, y)) ?? null
}

/** The box in which nearly all grids have their middle, so that a few far away do not make the city small. */
export function coreBox(scene: Scene): Box {
  const share = 0.015
  const xs = scene.grids.map(({ anchor }) => anchor.x).sort((a, b) => a - b)
  const ys = scene.grids.map(({ anchor }) => anchor.y).sort((a, b) => a - b)
  if (xs.length < 50) return sceneBox(scene)
  const low = Math.floor(xs.length * share)
  const high = xs.length - 1 - low
  return { minX: xs[low], maxX: xs[high], minY: ys[low], maxY: ys[high] }
}

/** The box of all grids, or of all areas while there are none. */
export function sceneBox(scene: Scene): Box {
  return joinBoxes((scene.grids.length > 0 ? scene.grids : scene.areas).map((shape) => shape.box))
}

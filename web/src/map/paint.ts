/** Draws the city from the ground up: land, water, roads, villages, grids, borders. Names come after, in `names`. */
import { boxesMeet, type Box } from '../geo/box'
import type { LayerKey } from '../model/address'
import type { StateKey } from '../model/status'
import type { Viewport } from './canvaslayer'
import { joinedPath } from './joined'
import { LOOKS, type Ground } from './palette'
import { drawSymbol, patternTile, screenPattern } from './patterns'
import type { AreaShape, GridShape, LineShape, Scene } from './scene'

export interface Picture {
  scene: Scene
  lines: LineShape[]
  blocks: Path2D | null
  ground: Ground
  layers: ReadonlySet<LayerKey>
  /** State of each grid by code; null until it is known, and then grids are drawn as outlines. */
  states: ReadonlyMap<string, StateKey> | null
  /** Codes that a filter keeps in full colour; null while nothing is filtered. */
  emphasised: ReadonlySet<string> | null
  /** Whether tiles lie underneath and take the place of our own ground. */
  hasTiles: boolean
}

type Context = CanvasRenderingContext2D

const tiles = new Map<string, HTMLCanvasElement | null>()

function tileOf(key: StateKey, density: number): HTMLCanvasElement | null {
  const name = `${key}@${density}`
  if (!tiles.has(name)) tiles.set(name, patternTile(LOOKS[key], density))
  return tiles.get(name) ?? null
}

/** Returns the boxes on the canvas that symbols cover, for names to step aside. */
export function paintCity(context: Context, view: Viewport, picture: Picture): Box[] {
  const { density, scale, offsetX, offsetY } = view
  if (!picture.hasTiles) {
    context.fillStyle = picture.ground.outside
    context.fillRect(0, 0, view.width, view.height)
  }
  context.setTransform(density * scale, 0, 0, density * scale, density * offsetX, density * offsetY)
  context.lineJoin = 'round'
  context.lineCap = 'round'
  if (!picture.hasTiles) paintGround(context, view, picture)
  if (picture.layers.has('villages')) paintVillages(context, view, picture)
  if (picture.layers.has('grids')) paintFills(context, view, picture)
  // Blocks come between fill and casing, so that a grid's border stays white along their edges.
  if (picture.layers.has('blocks') && picture.blocks && view.zoom >= 15) {
    stroke(context, picture.blocks, picture.ground.block, 0.7 / scale)
  }
  if (picture.layers.has('grids')) paintCasing(context, view, picture)
  const symbols = picture.layers.has('grids') ? paintSymbols(context, view, picture) : []
  paintBorders(context, view, picture)
  context.setTransform(density, 0, 0, density, 0, 0)
  return symbols
}

function stroke(context: Context, path: Path2D, colour: string, width: number): void {
  context.strokeStyle = colour
  context.lineWidth = width
  context.stroke(path)
}

function paintGround(context: Context, view: Viewport, picture: Picture): void {
  context.fillStyle = picture.ground.land
  for (const area of picture.scene.areas) if (area.level === 3) context.fill(area.path)
  if (!picture.layers.has('backdrop')) return
  const px = 1 / view.scale
  const closer = Math.max(0, view.zoom - 12)
  const { ground, scene } = picture
  strokeClass(context, view, picture, 'river', ground.water, Math.max(3 * px, 320 / scene.unitM))
  if (view.zoom >= 14) strokeClass(context, view, picture, 'local', ground.faint, (0.6 + closer * 0.3) * px)
  if (view.zoom >= 12) strokeClass(context, view, picture, 'collector', ground.roadEdge, (0.7 + closer * 0.5) * px)
  strokeClass(context, view, picture, 'arterial', ground.roadEdge, (1.6 + closer * 1.2) * px)
  strokeClass(context, view, picture, 'ring', ground.roadEdge, (2.2 + closer * 1.4) * px)
  strokeClass(context, view, picture, 'arterial', ground.road, (0.8 + closer) * px)
  strokeClass(context, view, picture, 'ring', ground.road, (1.2 + closer * 1.2) * px)
}

function strokeClass(context: Context, view: Viewport, picture: Picture, name: LineShape['class'], colour: string, width: number): void {
  for (const line of picture.lines) {
    if (line.class === name && boxesMeet(line.box, view.box)) stroke(context, line.path, colour, width)
  }
}

const HATCH = { pattern: 'thin', ink: '' } as const

function paintVillages(context: Context, view: Viewport, picture: Picture): void {
  const { hatch } = picture.ground
  const name = `hatch${hatch}@${view.density}`
  if (!tiles.has(name)) tiles.set(name, patternTile({ ...HATCH, ink: hatch }, view.density))
  const tile = tiles.get(name)
  const pattern = tile && screenPattern(context, tile, view.scale * view.density)
  for (const area of picture.scene.areas) {
    if (area.level !== 5 || area.hasGrids || !boxesMeet(area.box, view.box)) continue
    if (pattern) {
      context.fillStyle = pattern
      context.fill(area.path)
    }
    stroke(context, area.path, hatch, 0.8 / view.scale)
  }
}

/** Grids in view, gathered by state so that each state is filled once. */
function gather(view: Viewport, picture: Picture): Map<StateKey | 'faint' | 'bare', Path2D> {
  const groups = new Map<StateKey | 'faint' | 'bare', Path2D>()
  for (const shape of picture.scene.grids) {
    if (!boxesMeet(shape.box, view.box)) continue
    const key = groupOf(shape, picture)
    let path = groups.get(key)
    if (!path) groups.set(key, (path = new Path2D()))
    path.addPath(shape.path)
  }
  return groups
}

function groupOf(shape: GridShape, picture: Picture): StateKey | 'faint' | 'bare' {
  if (!picture.states) return 'bare'
  if (picture.emphasised && !picture.emphasised.has(shape.code)) return 'faint'
  return picture.states.get(shape.code) ?? 'bare'
}

/** Fills let the roads shine through, the more the nearer one looks. */
function fillAlpha(zoom: number): number {
  return zoom >= 15 ? 0.62 : 0.8
}

function paintFills(context: Context, view: Viewport, picture: Picture): void {
  if (!picture.states) return
  for (const [key, path] of gather(view, picture)) {
    if (key === 'bare') continue
    if (key === 'faint') {
      context.globalAlpha = 0.75
      context.fillStyle = picture.ground.faint
      context.fill(path)
    } else {
      fillState(context, view, key, path)
    }
    context.globalAlpha = 1
  }
}

function paintCasing(context: Context, view: Viewport, picture: Picture): void {
  const all = joinedPath(picture.scene.grids, view.box)
  const width = view.zoom < 11.5 ? 0.45 : view.zoom < 13 ? 0.65 : view.zoom < 15 ? 0.9 : 1.8
  stroke(context, all, picture.states ? picture.ground.casing : picture.ground.roadEdge, width / view.scale)
}

function fillState(context: Context, view: Viewport, key: StateKey, path: Path2D): void {
  const look = LOOKS[key]
  context.globalAlpha = fillAlpha(view.zoom)
  context.fillStyle = look.fill
  context.fill(path)
  const tile = tileOf(key, view.density)
  const pattern = tile && screenPattern(context, tile, view.scale * view.density)
  if (pattern) {
    context.fillStyle = pattern
    context.fill(path)
  }
  context.globalAlpha = 1
  if (look.outline) stroke(context, path, look.outline, (view.zoom < 12 ? 1.2 : 2.4) / view.scale)
}

/** Symbols stand in every grid that has room; the plain good states show theirs only when there is plenty. */
function paintSymbols(context: Context, view: Viewport, picture: Picture): Box[] {
  const boxes: Box[] = []
  if (!picture.states || view.zoom < 12.5) return boxes
  context.save()
  context.setTransform(view.density, 0, 0, view.density, 0, 0)
  for (const shape of picture.scene.grids) {
    const key = picture.states.get(shape.code)
    if (!key || !boxesMeet(shape.box, view.box)) continue
    if (picture.emphasised && !picture.emphasised.has(shape.code)) continue
    const room = Math.min(shape.box.maxX - shape.box.minX, shape.box.maxY - shape.box.minY) * view.scale
    if (room < (LOOKS[key].pattern === 'plain' ? 64 : 24)) continue
    const size = Math.min(18, Math.max(11, room / 4))
    const x = shape.anchor.x * view.scale + view.offsetX
    const y = shape.anchor.y * view.scale + view.offsetY
    drawSymbol(context, LOOKS[key], x, y, size)
    const half = size * 0.45
    boxes.push({ minX: x - half, maxX: x + half, minY: y - half, maxY: y + half })
  }
  context.restore()
  return boxes
}

const BORDERS: readonly { level: number; layer: LayerKey; width: number; from: number }[] = [
  { level: 5, layer: 'communities', width: 1.2, from: 11 },
  { level: 4, layer: 'streets', width: 2, from: 0 },
  { level: 3, layer: 'districts', width: 3, from: 0 },
]

const levels = new WeakMap<readonly AreaShape[], Map<number, AreaShape[]>>()

/** The areas of a level whose borders are drawn here, which villages without grids are not among. */
function atLevel(areas: readonly AreaShape[], level: number): readonly AreaShape[] {
  const known = levels.get(areas) ?? new Map<number, AreaShape[]>()
  levels.set(areas, known)
  const found = known.get(level) ?? areas.filter((area) => area.level === level && (level !== 5 || area.hasGrids))
  known.set(level, found)
  return found
}

/** Borders keep their widths where there is room and grow thinner where the whole city is shown. */
function paintBorders(context: Context, view: Viewport, picture: Picture): void {
  const thinner = view.zoom < 11 ? 0.6 : view.zoom < 12.5 ? 0.75 : 1
  for (const { level, layer, width, from } of BORDERS) {
    if (!picture.layers.has(layer) || view.zoom < from) continue
    const path = joinedPath(atLevel(picture.scene.areas, level), view.box)
    context.globalAlpha = level === 5 ? 0.7 : level === 4 ? 0.75 : 0.9
    stroke(context, path, picture.ground.border, (width * thinner) / view.scale)
    context.globalAlpha = 1
  }
}

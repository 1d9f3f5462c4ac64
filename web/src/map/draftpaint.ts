/** Draws a draft over the ghost of today: fills by workload, dashed borders, what is chosen, tried out or at fault. */
import type { Position } from 'geojson'
import type { Box } from '../geo/box'
import { boxesMeet } from '../geo/box'
import { flattenPosition, type Frame } from '../geo/flatten'
import { placeLabels, type Wish } from '../model/placing'
import type { Viewport } from './canvaslayer'
import type { BlockShape, DraftShape } from './draftscene'
import { joinedPath } from './joined'
import type { Ground } from './palette'

type Context = CanvasRenderingContext2D

export interface DraftPicture {
  frame: Frame
  ground: Ground
  today: DraftShape[]
  grids: DraftShape[]
  outline: Path2D | null
  /** Each border line once, so that dashes of two neighbours do not fill each other's gaps. */
  borders: Path2D
  blocks: BlockShape[]
  /** Class of each grid's deviation from the mean, 0 to 4, and the words on it. */
  classes: ReadonlyMap<string, number | null>
  labels: ReadonlyMap<string, readonly [string, string]>
  /** Where today ends and the draft begins, as a share of the map's width; null: the draft alone. */
  divide: number | null
}

export interface AccentPicture {
  selected: DraftShape[]
  hovered: DraftShape | null
  tried: DraftShape[]
  painted: BlockShape[]
  fault: { path: Path2D; spots: Position[] } | null
  handles: readonly Position[]
  held: Position | null
}

/** One hue from light to dark: the more work, the darker. The figure itself stands in the label. */
export const WORK_FILLS = ['#eaf2fb', '#cfe0f3', '#a9c8ea', '#76a5da', '#3f7cc4'] as const
const TRIED = '#a15c00'
const FAULT = '#b3263c'
const FAMILY = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "WenQuanYi Micro Hei", sans-serif'
const HANDLE_PX = 4
const ROOM_PX = 30

/** Blocks and handles are shown from here on, nearer. */
export const BLOCKS_FROM = 14

function toFrame(context: Context, { density, scale, offsetX, offsetY }: Viewport): void {
  context.setTransform(density * scale, 0, 0, density * scale, density * offsetX, density * offsetY)
  context.lineJoin = 'round'
  context.lineCap = 'butt'
}

function toScreen(context: Context, { density }: Viewport): void {
  context.setTransform(density, 0, 0, density, 0, 0)
}

function stroke(context: Context, path: Path2D, colour: string, width: number, dash: number[] = []): void {
  context.setLineDash(dash)
  context.strokeStyle = colour
  context.lineWidth = width
  context.stroke(path)
  context.setLineDash([])
}

/** `divideX` is where today ends, in pixels of the canvas. */
export function paintDraft(context: Context, view: Viewport, picture: DraftPicture, divideX: number | null): void {
  if (divideX === null) {
    paintGrids(context, view, picture, picture.grids, true)
    paintGhost(context, view, picture)
    paintBorders(context, view, picture)
  } else {
    clipped(context, view, 0, divideX, () => {
      paintGrids(context, view, picture, picture.today, false)
      paintGhost(context, view, picture)
    })
    clipped(context, view, divideX, view.width, () => {
      paintGrids(context, view, picture, picture.grids, true)
      paintBorders(context, view, picture)
    })
  }
  toFrame(context, view)
  if (picture.outline) stroke(context, picture.outline, picture.ground.border, 2.5 / view.scale)
  toScreen(context, view)
  paintLabels(context, view, picture, divideX)
}

function clipped(context: Context, view: Viewport, from: number, to: number, paint: () => void): void {
  context.save()
  toScreen(context, view)
  context.beginPath()
  context.rect(from, 0, Math.max(0, to - from), view.height)
  context.clip()
  paint()
  context.restore()
}

function paintGrids(context: Context, view: Viewport, picture: DraftPicture, shapes: readonly DraftShape[], filled: boolean): void {
  toFrame(context, view)
  context.globalAlpha = 0.72
  for (const shape of shapes) {
    if (!boxesMeet(shape.box, view.box)) continue
    const of = filled ? (picture.classes.get(shape.key) ?? null) : null
    context.fillStyle = of === null ? picture.ground.faint : WORK_FILLS[of]
    context.fill(shape.path)
  }
  context.globalAlpha = 1
  if (view.zoom < BLOCKS_FROM) return
  stroke(context, joinedPath(picture.blocks, view.box), picture.ground.block, 0.6 / view.scale)
}

/** Today's borders: solid and pale under the draft's dashes. */
function paintGhost(context: Context, view: Viewport, picture: DraftPicture): void {
  toFrame(context, view)
  const path = joinedPath(picture.today, view.box)
  stroke(context, path, picture.ground.casing, 4 / view.scale)
  stroke(context, path, picture.divide === null ? '#9aa6b2' : picture.ground.border, 1.6 / view.scale)
}

function paintBorders(context: Context, view: Viewport, picture: DraftPicture): void {
  toFrame(context, view)
  stroke(context, picture.borders, picture.ground.accent, 2 / view.scale, [8 / view.scale, 5 / view.scale])
}

interface Label extends Wish {
  words: readonly [string, string]
}

interface StandingLabel {
  box: Box
  words: readonly [string, string]
}

const HALF_WIDE = 32
const HALF_HIGH = 16
const STEPS = [0, 1, -1]

/** The labels for which there is room, by their boxes on the canvas. */
export function labelsIn(view: Viewport, picture: DraftPicture): StandingLabel[] {
  const wishes = picture.grids.flatMap((shape): Label[] => {
    const words = picture.labels.get(shape.key)
    if (!words || !boxesMeet(shape.box, view.box)) return []
    const room = Math.min(shape.box.maxX - shape.box.minX, shape.box.maxY - shape.box.minY) * view.scale
    if (room < ROOM_PX) return []
    const x = shape.anchor.x * view.scale + view.offsetX
    const y = shape.anchor.y * view.scale + view.offsetY
    const boxes = STEPS.map((step) => {
      const middle = y + step * HALF_HIGH
      return { minX: x - HALF_WIDE, maxX: x + HALF_WIDE, minY: middle - HALF_HIGH, maxY: middle + HALF_HIGH }
    })
    return [{ boxes, rank: -room, words }]
  })
  return placeLabels(wishes).map(({ wish: { words }, box }) => ({ box, words }))
}

function paintLabels(context: Context, view: Viewport, picture: DraftPicture, divideX: number | null): void {
  if (divideX !== null) paintNamesOfToday(context, view, picture, divideX)
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.strokeStyle = picture.ground.halo
  context.fillStyle = picture.ground.label
  context.lineWidth = 3.5
  context.lineJoin = 'round'
  for (const { box, words } of labelsIn(view, picture)) {
    const x = (box.minX + box.maxX) / 2
    const y = (box.minY + box.maxY) / 2
    if (divideX !== null && x < divideX) continue
    const [name, figure] = words
    const lines: [string, string, number][] = [[name, `500 12px ${FAMILY}`, -8], [figure, `700 13px ${FAMILY}`, 8]]
    for (const [words, font, step] of lines) {
      context.font = font
      context.strokeText(words, x, y + step)
      context.fillText(words, x, y + step)
    }
  }
}

function paintNamesOfToday(context: Context, view: Viewport, { today, ground }: DraftPicture, divideX: number): void {
  Object.assign(context, { textAlign: 'center', textBaseline: 'middle', lineJoin: 'round', lineWidth: 3.5, font: `500 12px ${FAMILY}` })
  context.strokeStyle = ground.halo
  context.fillStyle = ground.label
  for (const { anchor, box, name } of today) {
    const x = anchor.x * view.scale + view.offsetX
    const y = anchor.y * view.scale + view.offsetY
    if (x > divideX || (box.maxX - box.minX) * view.scale < ROOM_PX) continue
    context.strokeText(name, x, y)
    context.fillText(name, x, y)
  }
}

/** Returns false when there is nothing to accent. */
export function paintAccents(context: Context, view: Viewport, picture: AccentPicture, { frame, ground }: DraftPicture): boolean {
  if (isPlain(picture)) return false
  toFrame(context, view)
  const px = 1 / view.scale
  if (picture.painted.length > 0) {
    context.fillStyle = 'rgba(161, 92, 0, 0.35)'
    for (const block of picture.painted) context.fill(block.path)
  }
  if (picture.hovered) stroke(context, picture.hovered.path, ground.border, 2.5 * px)
  for (const shape of picture.selected) {
    context.fillStyle = 'rgba(31, 95, 174, 0.16)'
    context.fill(shape.path)
    stroke(context, shape.path, ground.casing, 6 * px)
    stroke(context, shape.path, ground.accent, 3 * px)
  }
  for (const shape of picture.tried) {
    stroke(context, shape.path, ground.casing, 5 * px)
    stroke(context, shape.path, TRIED, 2.5 * px, [6 * px, 3 * px])
  }
  if (picture.fault) {
    context.fillStyle = 'rgba(179, 38, 60, 0.25)'
    context.fill(picture.fault.path, 'evenodd')
    stroke(context, picture.fault.path, FAULT, 3 * px)
  }
  toScreen(context, view)
  for (const spot of picture.fault?.spots ?? []) ring(context, view, frame, spot, 9)
  if (view.zoom >= BLOCKS_FROM) for (const place of picture.handles) handle(context, view, frame, place, ground.accent)
  if (picture.held) ring(context, view, frame, picture.held, 8)
  return true
}

function isPlain({ selected, hovered, tried, painted, fault, handles, held }: AccentPicture): boolean {
  return selected.length + tried.length + painted.length + handles.length === 0 && !hovered && !fault && !held
}

function at(view: Viewport, frame: Frame, place: Position): { x: number; y: number } {
  const { x, y } = flattenPosition(place, frame)
  return { x: x * view.scale + view.offsetX, y: y * view.scale + view.offsetY }
}

function handle(context: Context, view: Viewport, frame: Frame, place: Position, colour: string): void {
  const { x, y } = at(view, frame, place)
  if (x < 0 || y < 0 || x > view.width || y > view.height) return
  context.fillStyle = '#ffffff'
  context.strokeStyle = colour
  context.lineWidth = 1.5
  context.fillRect(x - HANDLE_PX, y - HANDLE_PX, 2 * HANDLE_PX, 2 * HANDLE_PX)
  context.strokeRect(x - HANDLE_PX, y - HANDLE_PX, 2 * HANDLE_PX, 2 * HANDLE_PX)
}

function ring(context: Context, view: Viewport, frame: Frame, place: Position, radius: number): void {
  const { x, y } = at(view, frame, place)
  context.strokeStyle = FAULT
  context.lineWidth = 3
  context.beginPath()
  context.arc(x, y, radius, 0, 2 * Math.PI)
  context.stroke()
}

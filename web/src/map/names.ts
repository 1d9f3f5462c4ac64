/** Names of districts, streets, communities and grids on the canvas, none over another. */
import { boxesMeet } from '../geo/box'
import type { LayerKey } from '../model/address'
import type { Box } from '../geo/box'
import { placeLabels, type Wish } from '../model/placing'
import type { Viewport } from './canvaslayer'
import type { Picture } from './paint'
import type { AreaShape } from './scene'

type Context = CanvasRenderingContext2D

interface Style {
  layer: LayerKey
  from: number
  to: number
  size: number
  weight: number
  rank: number
}

const STYLES: Record<number, Style> = {
  3: { layer: 'districts', from: 0, to: 13.5, size: 16, weight: 700, rank: 0 },
  4: { layer: 'streets', from: 12, to: 15.5, size: 13, weight: 600, rank: 1 },
  5: { layer: 'communities', from: 13.25, to: 24, size: 12, weight: 500, rank: 2 },
}
const GRID_STYLE: Style = { layer: 'grids', from: 15.5, to: 24, size: 11, weight: 500, rank: 3 }
const FAMILY = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "WenQuanYi Micro Hei", sans-serif'
const GAP = 4
/** How far a name may step up or down from its place, in its own height. */
const STEPS = [0, 1.8, -1.8, 3]

interface Name extends Wish {
  text: string
  style: Style
}

const widths = new Map<string, number>()

function fontOf(style: Style): string {
  return `${style.weight} ${style.size}px ${FAMILY}`
}

function widthOf(context: Context, text: string, style: Style): number {
  const key = `${style.weight} ${style.size} ${text}`
  let width = widths.get(key)
  if (width === undefined) {
    context.font = fontOf(style)
    width = context.measureText(text).width
    widths.set(key, width)
  }
  return width
}

/** `obstacles` are boxes on the canvas that stand over it, such as symbols and clusters of incidents. */
export function paintNames(context: Context, view: Viewport, picture: Picture, obstacles: readonly Box[]): void {
  if (!picture.layers.has('labels')) return
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.lineJoin = 'round'
  context.strokeStyle = picture.ground.halo
  context.fillStyle = picture.ground.label
  context.lineWidth = 3
  for (const { wish, box } of placeLabels(namesIn(context, view, picture), obstacles)) {
    const x = (box.minX + box.maxX) / 2
    const y = (box.minY + box.maxY) / 2
    context.font = fontOf(wish.style)
    context.strokeText(wish.text, x, y)
    context.fillText(wish.text, x, y)
  }
}

function namesIn(context: Context, view: Viewport, picture: Picture): Name[] {
  const names: Name[] = []
  for (const area of picture.scene.areas) {
    const style = STYLES[area.level]
    if (style && isShown(style, view, picture) && boxesMeet(area.box, view.box)) {
      if (area.hasGrids || area.level < 5 || view.zoom >= 12.5) names.push(nameOf(context, view, area, style))
    }
  }
  if (!isShown(GRID_STYLE, view, picture)) return names
  for (const shape of picture.scene.grids) {
    if (!boxesMeet(shape.box, view.box)) continue
    const below = picture.states ? 18 : 0
    names.push(nameOf(context, view, shape, GRID_STYLE, below))
  }
  return names
}

function isShown(style: Style, view: Viewport, picture: Picture): boolean {
  return view.zoom >= style.from && view.zoom < style.to && picture.layers.has(style.layer)
}

function nameOf(context: Context, view: Viewport, shape: Pick<AreaShape, 'name' | 'anchor'>, style: Style, below = 0): Name {
  const x = shape.anchor.x * view.scale + view.offsetX
  const y = shape.anchor.y * view.scale + view.offsetY + below
  const half = widthOf(context, shape.name, style) / 2 + GAP
  const high = style.size / 2 + GAP
  const boxes = STEPS.map((step) => {
    const middle = y + step * style.size
    return { minX: x - half, maxX: x + half, minY: middle - high, maxY: middle + high }
  })
  return { text: shape.name, style, rank: style.rank, boxes }
}

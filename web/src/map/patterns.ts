/** Fill patterns, drawn by the same strokes for the map's canvas and for the legend's swatches. */
import type { Look, Pattern } from './palette'

type Context = CanvasRenderingContext2D

interface Tile {
  size: number
  draw(context: Context, size: number): void
}

function line(context: Context, from: [number, number], to: [number, number]): void {
  context.beginPath()
  context.moveTo(...from)
  context.lineTo(...to)
  context.stroke()
}

/** Falling lines that join over the tile's edges. */
function diagonal(context: Context, size: number, width: number): void {
  context.lineWidth = width
  for (const shift of [-size, 0, size]) line(context, [shift - 1, size + 1], [shift + size + 1, -1])
}

function disc(context: Context, x: number, y: number, radius: number): void {
  context.beginPath()
  context.arc(x, y, radius, 0, 2 * Math.PI)
  context.fill()
}

const TILES: Record<Exclude<Pattern, 'plain'>, Tile> = {
  thin: { size: 8, draw: (context, size) => diagonal(context, size, 1) },
  dense: { size: 5, draw: (context, size) => diagonal(context, size, 1.6) },
  dots: { size: 6, draw: (context, size) => disc(context, size / 2, size / 2, 1.1) },
  dot: { size: 10, draw: (context, size) => disc(context, size / 2, size / 2, 1.8) },
  cross: { size: 7, draw: (context, size) => crossHatch(context, size, 0.9) },
  'sparse-cross': { size: 10, draw: (context, size) => crossHatch(context, size, 0.9) },
}

function crossHatch(context: Context, size: number, width: number): void {
  context.lineWidth = width
  line(context, [0, size / 2], [size, size / 2])
  line(context, [size / 2, 0], [size / 2, size])
}

/** One tile of a look as a bitmap at the screen's density; null for plain fills. */
export function patternTile(look: Pick<Look, 'pattern' | 'ink'>, density: number): HTMLCanvasElement | null {
  if (look.pattern === 'plain') return null
  const tile = TILES[look.pattern]
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = Math.round(tile.size * density)
  const context = canvas.getContext('2d')
  if (!context) return null
  context.scale(canvas.width / tile.size, canvas.height / tile.size)
  context.strokeStyle = context.fillStyle = look.ink
  tile.draw(context, tile.size)
  return canvas
}

/** A pattern that keeps its size on the screen while the context is scaled by `scale`. */
export function screenPattern(context: Context, tile: HTMLCanvasElement, scale: number): CanvasPattern | null {
  const pattern = context.createPattern(tile, 'repeat')
  pattern?.setTransform(new DOMMatrix().scale(1 / scale))
  return pattern
}

/** A swatch for legends and lists: fill, pattern, outline and symbol as on the map. */
export function swatch(look: Look, width = 26, height = 18): HTMLCanvasElement {
  const density = Math.max(2, window.devicePixelRatio)
  const canvas = document.createElement('canvas')
  canvas.width = width * density
  canvas.height = height * density
  canvas.className = 'gs-swatch'
  canvas.setAttribute('aria-hidden', 'true')
  const context = canvas.getContext('2d')
  if (!context) return canvas
  fillSwatch(context, look, density)
  context.scale(density, density)
  if (look.outline) {
    context.strokeStyle = look.outline
    context.lineWidth = 2
    context.strokeRect(1, 1, width - 2, height - 2)
  }
  drawSymbol(context, look, width / 2, height / 2, 12)
  return canvas
}

function fillSwatch(context: Context, look: Look, density: number): void {
  const { width, height } = context.canvas
  context.fillStyle = look.fill
  context.fillRect(0, 0, width, height)
  const tile = patternTile(look, density)
  const pattern = tile && context.createPattern(tile, 'repeat')
  if (!pattern) return
  context.fillStyle = pattern
  context.fillRect(0, 0, width, height)
}

/** The symbol on a small disc of the fill, so that a pattern does not run through it. */
export function drawSymbol(context: Context, look: Look, x: number, y: number, size: number): void {
  context.fillStyle = look.fill
  disc(context, x, y, size * 0.62)
  context.fillStyle = look.symbolInk
  context.font = `700 ${size}px "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "WenQuanYi Micro Hei", sans-serif`
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.fillText(look.symbol, x, y + size * 0.06)
}

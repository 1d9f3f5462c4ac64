/** A Leaflet layer that is one canvas: it follows the map's movements and asks a painter to fill it. */
import * as L from 'leaflet'
import type { Box } from '../geo/box'
import { FRAME_ZOOM, type Frame } from '../geo/flatten'

/** Where the canvas stands: screen = frame × scale + offset, in CSS pixels. */
export interface Viewport {
  scale: number
  offsetX: number
  offsetY: number
  width: number
  height: number
  zoom: number
  density: number
  /** The part of the frame that the canvas shows. */
  box: Box
}

/** Fills the canvas; false when there was nothing to show. */
export type Paint = (context: CanvasRenderingContext2D, view: Viewport) => boolean | void

const PADDING = 0.15
/** How far names and lines may reach beyond the shapes they belong to, in CSS pixels. */
const MARGIN_PX = 48

export class CanvasLayer extends L.Layer {
  private readonly canvas = document.createElement('canvas')
  private topLeft: L.LatLng | null = null
  private drawnZoom = 0
  private request: number | null = null

  constructor(
    private readonly frame: Frame,
    private readonly paint: Paint,
    private readonly paneName: string,
    /** Painted so many frames after a movement, so that several layers never share a frame. */
    private readonly later = 0,
    /** Nothing is painted outside of this part of the frame, so the canvas need be no larger; null: everywhere. */
    private readonly extent: () => Box | null = () => null,
  ) {
    super()
    this.canvas.className = 'leaflet-layer leaflet-zoom-animated gs-canvas'
    this.canvas.setAttribute('aria-hidden', 'true')
  }

  override onAdd(map: L.Map): this {
    map.getPane(this.paneName)?.append(this.canvas)
    this.repaint(map)
    return this
  }

  override onRemove(): this {
    this.canvas.remove()
    return this
  }

  override getEvents(): { [name: string]: L.LeafletEventHandlerFn } {
    return {
      moveend: () => (this.later > 0 ? this.redrawSoon(this.later) : this.redraw()),
      viewreset: () => this.redraw(),
      resize: () => this.redraw(),
      zoom: () => this.follow(this._map.getCenter(), this._map.getZoom()),
      zoomanim: (event) => {
        const { center, zoom } = event as L.ZoomAnimEvent
        this.follow(center, zoom)
      },
    }
  }

  /** Paints at once, for movements of the map. */
  redraw(): void {
    if (this._map) this.repaint(this._map)
  }

  /** Paints with the next frame of the screen, or one after it, however often it is asked. */
  redrawSoon(frames = 1): void {
    this.request ??= requestAnimationFrame(() => {
      this.request = null
      if (frames > 1) this.redrawSoon(frames - 1)
      else this.redraw()
    })
  }

  private repaint(map: L.Map): void {
    const view = this.place(map)
    const context = this.canvas.getContext('2d')
    this.canvas.hidden = view.width === 0 || view.height === 0
    if (!context || this.canvas.hidden) return
    context.setTransform(view.density, 0, 0, view.density, 0, 0)
    context.clearRect(0, 0, view.width, view.height)
    // An empty canvas costs as much as a full one when the layers are laid over each other, frame by frame.
    this.canvas.hidden = this.paint(context, view) === false
  }

  private place(map: L.Map): Viewport {
    const density = Math.min(2, window.devicePixelRatio || 1)
    this.drawnZoom = map.getZoom()
    const scale = 2 ** (this.drawnZoom - FRAME_ZOOM)
    const { corner, width, height } = this.part(map, scale)
    if (this.canvas.width !== width * density || this.canvas.height !== height * density) {
      this.canvas.width = width * density
      this.canvas.height = height * density
      this.canvas.style.width = `${width}px`
      this.canvas.style.height = `${height}px`
    }
    this.topLeft = map.layerPointToLatLng(corner)
    L.DomUtil.setTransform(this.canvas, corner, 1)
    const origin = map.getPixelOrigin().add(corner)
    const offsetX = this.frame.origin.x * scale - origin.x
    const offsetY = this.frame.origin.y * scale - origin.y
    const box = { minX: -offsetX / scale, minY: -offsetY / scale, maxX: (width - offsetX) / scale, maxY: (height - offsetY) / scale }
    return { scale, offsetX, offsetY, width, height, zoom: this.drawnZoom, density, box }
  }

  /** The window with some room on all sides, as far as there is anything to paint: its corner on the map, and its size. */
  private part(map: L.Map, scale: number): { corner: L.Point; width: number; height: number } {
    const size = map.getSize()
    const from = map.containerPointToLayerPoint(size.multiplyBy(-PADDING)).round()
    const to = from.add(L.point(size.x * (1 + 2 * PADDING), size.y * (1 + 2 * PADDING)).round())
    const extent = this.extent()
    if (!extent) return { corner: from, width: to.x - from.x, height: to.y - from.y }
    const { x, y } = L.point(this.frame.origin.x, this.frame.origin.y).multiplyBy(scale).subtract(map.getPixelOrigin())
    const left = Math.max(from.x, Math.floor(extent.minX * scale + x - MARGIN_PX))
    const top = Math.max(from.y, Math.floor(extent.minY * scale + y - MARGIN_PX))
    const right = Math.min(to.x, Math.ceil(extent.maxX * scale + x + MARGIN_PX))
    const bottom = Math.min(to.y, Math.ceil(extent.maxY * scale + y + MARGIN_PX))
    return { corner: L.point(left, top), width: Math.max(0, right - left), height: Math.max(0, bottom - top) }
  }

  /** Stretches what is drawn while a zoom is under way; the next `moveend` paints it sharp. */
  private follow(center: L.LatLng, zoom: number): void {
    if (!this.topLeft) return
    const map = this._map
    const pane = map.getPane('mapPane')
    const shift = pane ? L.DomUtil.getPosition(pane) : L.point(0, 0)
    const origin = map.project(center, zoom).subtract(map.getSize().divideBy(2)).add(shift).round()
    const corner = map.project(this.topLeft, zoom).subtract(origin)
    L.DomUtil.setTransform(this.canvas, corner, map.getZoomScale(zoom, this.drawnZoom))
  }
}

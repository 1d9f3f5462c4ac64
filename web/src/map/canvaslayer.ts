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
    if (!context) return
    context.setTransform(view.density, 0, 0, view.density, 0, 0)
    context.clearRect(0, 0, view.width, view.height)
    // An empty canvas costs as much as a full one when the layers are laid over each other, frame by frame.
    this.canvas.hidden = this.paint(context, view) === false
  }

  private place(map: L.Map): Viewport {
    const size = map.getSize()
    const density = Math.min(2, window.devicePixelRatio || 1)
    const width = Math.round(size.x * (1 + 2 * PADDING))
    const height = Math.round(size.y * (1 + 2 * PADDING))
    if (this.canvas.width !== width * density || this.canvas.height !== height * density) {
      this.canvas.width = width * density
      this.canvas.height = height * density
      this.canvas.style.width = `${width}px`
      this.canvas.style.height = `${height}px`
    }
    const corner = map.containerPointToLayerPoint(size.multiplyBy(-PADDING)).round()
    this.drawnZoom = map.getZoom()
    this.topLeft = map.layerPointToLatLng(corner)
    L.DomUtil.setTransform(this.canvas, corner, 1)
    const scale = 2 ** (this.drawnZoom - FRAME_ZOOM)
    const origin = map.getPixelOrigin().add(corner)
    const offsetX = this.frame.origin.x * scale - origin.x
    const offsetY = this.frame.origin.y * scale - origin.y
    const box = { minX: -offsetX / scale, minY: -offsetY / scale, maxX: (width - offsetX) / scale, maxY: (height - offsetY) / scale }
    return { scale, offsetX, offsetY, width, height, zoom: this.drawnZoom, density, box }
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

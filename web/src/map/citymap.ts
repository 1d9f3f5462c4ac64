/** The city on a Leaflet map: what it shows is set from outside, what is pointed at is told by listeners. */
import * as L from 'leaflet'
import type { AreaDocument, BlockDocument, GridDocument, LineDocument } from '../api/wire'
import type { Box } from '../geo/box'
import { flattenPosition, FRAME_ZOOM } from '../geo/flatten'
import { fromWorld } from '../geo/mercator'
import { EVERY_LAYER, type LayerKey } from '../model/address'
import { stateIn, type Mode, type OpenIncident, type StateByCode } from '../model/status'
import type { Locale } from '../i18n/text'
import { CanvasLayer, type Viewport } from './canvaslayer'
import { IncidentLayer } from './incidents'
import { paintNames } from './names'
import { paintCity, type Picture } from './paint'
import { DARK_GROUND, LIGHT_GROUND } from './palette'
import { blockPaths, buildScene, coreBox, gridAt, linesOf, sceneBox, type GridShape, type Scene } from './scene'

export interface CityData {
  grids: GridDocument
  areas: AreaDocument
}

export interface CityOptions {
  locale: Locale
  mode: Mode
  layers?: ReadonlySet<LayerKey>
  hasTiles?: boolean
}

export interface Listeners {
  /** A grid was chosen, or the ground beside every grid. */
  chosen(shape: GridShape | null): void
  /** The mouse came over a grid, or left them. */
  hovered(shape: GridShape | null): void
  /** Grids and their states are on the screen. */
  painted(): void
}

const BASE_PANE = 'gridsvc-base'
const ACCENT_PANE = 'gridsvc-accent'
const CLUSTER_PX = 13

export class CityMap {
  readonly scene: Scene
  readonly incidents: IncidentLayer
  mode: Mode
  states: StateByCode | null = null
  private readonly picture: Picture
  private readonly base: CanvasLayer
  private readonly accent: CanvasLayer
  private readonly listeners: Partial<Listeners>[] = []
  private selected: GridShape | null = null
  private hovered: GridShape | null = null

  constructor(
    readonly map: L.Map,
    data: CityData,
    options: CityOptions,
  ) {
    this.scene = buildScene(data.grids, data.areas)
    this.mode = options.mode
    this.picture = {
      scene: this.scene,
      lines: [],
      blocks: null,
      ground: LIGHT_GROUND,
      layers: options.layers ?? EVERY_LAYER,
      states: null,
      emphasised: null,
      hasTiles: options.hasTiles ?? false,
    }
    makePane(map, BASE_PANE, 'gs-pane-base')
    makePane(map, ACCENT_PANE, 'gs-pane-accent')
    this.base = new CanvasLayer(this.scene.frame, (context, view) => {
      const symbols = paintCity(context, view, this.picture)
      paintNames(context, view, this.picture, [...symbols, ...this.placeIncidents(view)])
      if (this.picture.states) for (const listener of this.listeners) listener.painted?.()
    }, BASE_PANE)
    this.accent = new CanvasLayer(this.scene.frame, (context, view) => this.paintAccent(context, view), ACCENT_PANE)
    this.incidents = new IncidentLayer(options.locale)
    this.listenToMap()
  }

  /** Puts the layers on the map, which must have a view by then; done again it changes nothing. */
  show(): this {
    this.base.addTo(this.map)
    this.accent.addTo(this.map)
    if (this.layers.has('incidents')) this.incidents.addTo(this.map)
    return this
  }

  listen(listener: Partial<Listeners>): void {
    this.listeners.push(listener)
  }

  get layers(): ReadonlySet<LayerKey> {
    return this.picture.layers
  }

  setStates(states: StateByCode): this {
    this.states = states
    this.restyle()
    return this
  }

  setMode(mode: Mode): void {
    this.mode = mode
    this.restyle()
  }

  setEmphasis(codes: ReadonlySet<string> | null): void {
    this.picture.emphasised = codes
    this.base.redrawSoon()
  }

  setLayers(layers: ReadonlySet<LayerKey>): void {
    this.picture.layers = layers
    if (layers.has('incidents')) this.incidents.addTo(this.map)
    else this.incidents.remove()
    this.base.redrawSoon()
  }

  setBackdrop(document: LineDocument): void {
    this.picture.lines = linesOf(document, this.scene.frame)
    this.base.redrawSoon()
  }

  setBlocks(document: BlockDocument | null): void {
    this.picture.blocks = document && blockPaths(document, this.scene.frame)
    this.base.redrawSoon()
  }

  setIncidents(open: readonly OpenIncident[]): void {
    this.incidents.setOpen(open)
    this.base.redrawSoon()
  }

  setLocale(locale: Locale): void {
    this.incidents.setLocale(locale)
    this.base.redrawSoon()
  }

  setDark(dark: boolean): void {
    this.picture.ground = dark ? DARK_GROUND : LIGHT_GROUND
    this.base.redrawSoon()
    this.accent.redrawSoon()
  }

  select(code: string | null): void {
    this.selected = code === null ? null : (this.scene.gridByCode.get(code) ?? null)
    this.accent.redrawSoon()
  }

  /** Brings a grid into the middle, near enough to see its neighbours. */
  centreOn(code: string): void {
    const shape = this.scene.gridByCode.get(code)
    if (shape) this.map.flyToBounds(this.bounds(shape.box).pad(1), { maxZoom: 16, duration: 0.6 })
  }

  /** The view to begin with: where nearly all grids are. */
  start(): void {
    this.map.fitBounds(this.bounds(coreBox(this.scene)), { padding: [40, 40], animate: false })
  }

  /** The whole of the grids. */
  fit(): void {
    this.map.fitBounds(this.bounds(sceneBox(this.scene)), { padding: [12, 12], animate: false })
  }

  /** The position of a point of the scene's frame. */
  latLngAt(x: number, y: number): L.LatLng {
    const { origin } = this.scene.frame
    const { lat, lng } = fromWorld(x + origin.x, y + origin.y, FRAME_ZOOM)
    return L.latLng(lat, lng)
  }

  private bounds(box: Box): L.LatLngBounds {
    return L.latLngBounds(this.latLngAt(box.minX, box.minY), this.latLngAt(box.maxX, box.maxY))
  }

  private restyle(): void {
    if (!this.states) return
    const keys = new Map<string, ReturnType<typeof stateIn>>()
    for (const shape of this.scene.grids) keys.set(shape.code, stateIn(this.mode, this.states.get(shape.code)))
    this.picture.states = keys
    this.base.redrawSoon()
  }

  private listenToMap(): void {
    const shapeAt = (event: L.LeafletMouseEvent): GridShape | null => {
      if (!this.layers.has('grids')) return null
      const { x, y } = flattenPosition([event.latlng.lng, event.latlng.lat], this.scene.frame)
      return gridAt(this.scene, x, y)
    }
    this.map.on('click', (event: L.LeafletMouseEvent) => {
      const shape = shapeAt(event)
      for (const listener of this.listeners) listener.chosen?.(shape)
    })
    this.map.on('mousemove', (event: L.LeafletMouseEvent) => this.hover(shapeAt(event)))
    this.map.on('mouseout', () => this.hover(null))
  }

  private hover(shape: GridShape | null): void {
    if (shape === this.hovered) return
    this.hovered = shape
    this.accent.redrawSoon()
    for (const listener of this.listeners) listener.hovered?.(shape)
  }

  /** Places the clusters of incidents; returns the boxes on the canvas that they cover. */
  private placeIncidents({ scale, offsetX, offsetY }: Viewport): Box[] {
    return this.incidents.gather().map(({ lat, lng }) => {
      const place = flattenPosition([lng, lat], this.scene.frame)
      const x = place.x * scale + offsetX
      const y = place.y * scale + offsetY
      return { minX: x - CLUSTER_PX, maxX: x + CLUSTER_PX, minY: y - CLUSTER_PX, maxY: y + CLUSTER_PX }
    })
  }

  private paintAccent(context: CanvasRenderingContext2D, { scale, density, offsetX, offsetY }: Viewport): void {
    context.setTransform(density * scale, 0, 0, density * scale, density * offsetX, density * offsetY)
    context.lineJoin = 'round'
    if (this.hovered) outline(context, this.hovered.path, this.picture.ground.border, 2 / scale)
    if (!this.selected) return
    outline(context, this.selected.path, this.picture.ground.casing, 6 / scale)
    outline(context, this.selected.path, this.picture.ground.accent, 3 / scale)
  }
}

function makePane(map: L.Map, name: string, className: string): void {
  if (!map.getPane(name)) map.createPane(name).classList.add(className)
}

function outline(context: CanvasRenderingContext2D, path: Path2D, colour: string, width: number): void {
  context.strokeStyle = colour
  context.lineWidth = width
  context.stroke(path)
}

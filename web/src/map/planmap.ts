/** The planner's map: the city around, and over it the draft of one community. What is shown is set from outside. */
import * as L from 'leaflet'
import type { Geometry, Position } from 'geojson'
import type { AreaDocument, GridDocument, LineDocument } from '../api/wire'
import type { DraftFeature, PlanBlocks } from '../api/plans'
import { flatten, flattenPosition, FRAME_ZOOM } from '../geo/flatten'
import { fromWorld, type Point } from '../geo/mercator'
import type { Box } from '../geo/box'
import { joinBoxes } from '../geo/box'
import type { LayerKey } from '../model/address'
import { CanvasLayer, type Viewport } from './canvaslayer'
import { labelsIn, paintAccents, paintDraft, type AccentPicture, type DraftPicture } from './draftpaint'
import { blockShapes, borderPath, draftShape, shapeAt, type BlockShape, type DraftShape } from './draftscene'
import { paintNames } from './names'
import { paintCity, type Picture } from './paint'
import { LIGHT_GROUND } from './palette'
import { boxOf, buildScene, linesOf, pathOf, sceneBox, type Scene } from './scene'

const LAYERS: ReadonlySet<LayerKey> = new Set(['districts', 'streets', 'communities', 'grids', 'backdrop', 'labels'])

/** The fill of grids that another net has otherwise. */
const CHANGED = 2

export interface DraftView {
  grids: readonly DraftFeature[]
  today: readonly DraftFeature[]
  outline: Geometry
  classes: DraftPicture['classes']
  labels: DraftPicture['labels']
}

export class PlanMap {
  private readonly scene: Scene
  private readonly city: Picture
  readonly picture: DraftPicture
  private readonly accents: AccentPicture = {
    selected: [], hovered: null, tried: [], painted: [], fault: null, handles: [], held: null,
  }
  private readonly base: CanvasLayer
  private readonly draft: CanvasLayer
  private readonly accent: CanvasLayer
  private byKey = new Map<string, DraftShape>()
  private outlineBox: Box | null = null

  constructor(
    readonly map: L.Map,
    data: { grids: GridDocument; areas: AreaDocument },
    hasTiles: boolean,
  ) {
    this.scene = buildScene(data.grids, data.areas)
    const { frame } = this.scene
    this.city = {
      scene: this.scene, lines: [], blocks: null, ground: LIGHT_GROUND, layers: LAYERS, states: null, emphasised: null, hasTiles,
    }
    this.picture = {
      frame, ground: LIGHT_GROUND, today: [], grids: [], outline: null, borders: new Path2D(), blocks: [], classes: new Map(), labels: new Map(), divide: null,
    }
    for (const [name, className] of [['base', 'gs-pane-base'], ['draft', 'gs-pane-draft'], ['accent', 'gs-pane-accent']]) {
      map.createPane(`gridsvc-${name}`).classList.add(className)
    }
    this.base = new CanvasLayer(frame, (context, view) => {
      paintCity(context, view, this.city)
      paintNames(context, view, this.city, labelsIn(view, this.picture).map(({ box }) => box))
    }, 'gridsvc-base')
    this.draft = new CanvasLayer(frame, (context, view) => paintDraft(context, view, this.picture, this.divideX(view)), 'gridsvc-draft', 1, () => this.extent)
    this.accent = new CanvasLayer(frame, (context, view) => paintAccents(context, view, this.accents, this.picture), 'gridsvc-accent', 2)
    map.on('move', () => this.picture.divide !== null && this.draft.redrawSoon())
  }

  /** Puts the layers on the map, which must have a view by then. */
  show(): this {
    for (const layer of [this.base, this.draft, this.accent]) layer.addTo(this.map)
    return this
  }

  setBackdrop(document: LineDocument): void {
    this.city.lines = linesOf(document, this.scene.frame)
    this.base.redrawSoon()
  }

  /** Shows another community or another state of it; the city leaves its own grids there out. */
  setDraft(community: string, { grids, today, outline, classes, labels }: DraftView): void {
    const { frame } = this.scene
    this.picture.grids = grids.map((feature) => draftShape(feature, frame))
    this.picture.today = today.map((feature) => draftShape(feature, frame))
    this.byKey = new Map(this.picture.grids.map((shape) => [shape.key, shape]))
    const rings = flatten(outline, frame)
    this.outlineBox = boxOf(rings)
    Object.assign(this.picture, { outline: pathOf(rings, true), borders: borderPath(this.picture.grids), classes, labels })
    this.city.scene = {
      ...this.scene,
      grids: this.scene.grids.filter((shape) => shape.communityCode !== community),
      areas: this.scene.areas.filter((area) => area.code !== community),
    }
    this.base.redrawSoon()
    this.draft.redrawSoon()
  }

  /** Shows two nets instead of a draft: the grids in which they differ over the whole `net` of the later one. */
  setNets(net: GridDocument, { grids, today, labels, communities }: Pick<DraftView, 'grids' | 'today' | 'labels'> & { communities: readonly string[] }): void {
    const { frame } = this.scene
    const scene = buildScene(net, { type: 'FeatureCollection', features: [] }, frame)
    const redrawn = new Set(grids.map(({ properties }) => properties.key))
    this.picture.grids = grids.map((feature) => draftShape(feature, frame))
    this.picture.today = today.map((feature) => draftShape(feature, frame))
    Object.assign(this.picture, { borders: borderPath(this.picture.grids), labels, classes: new Map([...redrawn].map((key) => [key, CHANGED])) })
    this.city.scene = { ...this.scene, grids: scene.grids.filter(({ code }) => !redrawn.has(code)) }
    const seen = communities.length > 0 ? scene.grids.filter(({ communityCode }) => communities.includes(communityCode)) : []
    const boxes = seen.length > 0 ? seen : [...this.picture.today, ...this.picture.grids]
    this.outlineBox = boxes.length > 0 ? joinBoxes(boxes.map(({ box }) => box)) : null
    this.base.redrawSoon()
    this.draft.redrawSoon()
  }

  setBlocks(document: PlanBlocks | null): void {
    this.picture.blocks = document ? blockShapes(document, this.scene.frame) : []
    this.draft.redrawSoon()
  }

  setSelected(keys: readonly string[]): void {
    this.accents.selected = keys.flatMap((key) => this.byKey.get(key) ?? [])
    this.accent.redrawSoon()
  }

  /** Points out grids that may be none of the draft's, such as those of an earlier net. */
  setPointed(features: readonly DraftFeature[]): void {
    this.accents.selected = features.map((feature) => draftShape(feature, this.scene.frame))
    this.accent.redrawSoon()
  }

  setHovered(key: string | null): void {
    const shape = key === null ? null : (this.byKey.get(key) ?? null)
    if (shape === this.accents.hovered) return
    this.accents.hovered = shape
    this.accent.redrawSoon()
  }

  /** Shapes that are only tried out. */
  setTried(features: readonly DraftFeature[]): void {
    this.accents.tried = features.map((feature) => draftShape(feature, this.scene.frame))
    this.accent.redrawSoon()
  }

  setPainted(blocks: readonly BlockShape[]): void {
    this.accents.painted = [...blocks]
    this.accent.redrawSoon()
  }

  setFault(geometry: Geometry | null): void {
    const rings = flatten(geometry, this.scene.frame)
    this.accents.fault = geometry && { path: pathOf(rings, false), spots: spotsOf(geometry) }
    this.accent.redrawSoon()
  }

  setHandles(handles: readonly Position[], held: Position | null = null): void {
    Object.assign(this.accents, { handles, held })
    this.accent.redrawSoon()
  }

  /** Shows today left of a share of the map's width and the draft right of it; null: the draft alone. */
  setDivide(share: number | null): void {
    this.picture.divide = share
    this.draft.redrawSoon()
  }

  get grids(): readonly DraftShape[] {
    return this.picture.grids
  }

  get blocks(): readonly BlockShape[] {
    return this.picture.blocks
  }

  gridAt(latlng: L.LatLng): DraftShape | null {
    return shapeAt(this.picture.grids, this.pointOf(latlng))
  }

  blockAt(latlng: L.LatLng): BlockShape | null {
    return shapeAt(this.picture.blocks, this.pointOf(latlng))
  }

  /** Brings the community at work into view, or the whole city while there is none. */
  fit(): void {
    this.fitBox(this.outlineBox ?? sceneBox(this.scene))
  }

  fitGrids(keys: readonly string[]): void {
    const boxes = keys.flatMap((key) => this.byKey.get(key)?.box ?? [])
    if (boxes.length > 0) this.fitBox(joinBoxes(boxes))
  }

  fitGeometry(geometry: Geometry): void {
    const rings = flatten(geometry, this.scene.frame)
    const spots = spotsOf(geometry)
    if (rings.length > 0) this.fitBox(boxOf(rings))
    else if (spots.length > 0) this.map.setView([spots[0][1], spots[0][0]], 18)
  }

  /** Where there is anything of the draft; null while it is shown beside today, whose divider goes through the window. */
  private get extent(): Box | null {
    const { today, grids, divide } = this.picture
    return divide === null && grids.length > 0 ? joinBoxes([...today, ...grids].map(({ box }) => box)) : null
  }

  get frameOfCity(): Box {
    return joinBoxes(this.scene.areas.map(({ box }) => box))
  }

  private fitBox(box: Box): void {
    const bounds = L.latLngBounds(this.latLngAt(box.minX, box.minY), this.latLngAt(box.maxX, box.maxY))
    // The legend stands at the lower left; nothing that was asked for lies under it.
    const left = this.map.getSize().x > 600 ? 150 : 24
    this.map.fitBounds(bounds, { paddingTopLeft: [left, 48], paddingBottomRight: [48, 24], maxZoom: 18, animate: false })
  }

  private latLngAt(x: number, y: number): L.LatLng {
    const { origin } = this.scene.frame
    const { lat, lng } = fromWorld(x + origin.x, y + origin.y, FRAME_ZOOM)
    return L.latLng(lat, lng)
  }

  private pointOf({ lat, lng }: L.LatLng): Point {
    return flattenPosition([lng, lat], this.scene.frame)
  }

  /** The divider in pixels of the canvas, which reaches beyond the map on all sides and moves along with it. */
  private divideX(view: Viewport): number | null {
    const { divide } = this.picture
    if (divide === null) return null
    const width = this.map.getSize().x
    return (view.width - width) / 2 + divide * width
  }
}

function spotsOf(geometry: Geometry): Position[] {
  if (geometry.type === 'Point') return [geometry.coordinates]
  if (geometry.type === 'MultiPoint') return geometry.coordinates
  if (geometry.type === 'GeometryCollection') return geometry.geometries.flatMap(spotsOf)
  return []
}

/** The map library as one script, global `gridsvc`: folium's elements and saved files call what is here. */
import * as L from 'leaflet'
import 'leaflet/dist/leaflet.css'
import '../ui/tokens.css'
import '../ui/swatch.css'
import './map.css'
import type { AreaDocument, Catalogue, GridDocument, IncidentPoints, LineDocument, Status } from '../api/wire'
import { knownLocale, teach, text, type Locale } from '../i18n/text'
import { formatMoment } from '../model/moments'
import { openIncidents, stateIn, statesByCode, type Mode, type StateKey } from '../model/status'
import { CityMap } from './citymap'
import { LayerControl } from './layercontrol'
import { Legend } from './legend'
import { ModeSwitch, ZoomControl } from './modeswitch'
import { Notice } from './notice'
import { followMouse, openPopups } from './popup'

/** A document, or the address from which to fetch it. */
type Source<T> = T | string

export interface CityRequest {
  grids: Source<GridDocument>
  areas: Source<AreaDocument>
  backdrop: Source<LineDocument> | null
  status: Source<Pick<Status, 'grids' | 'workers'>>
  incidents: Source<IncidentPoints> | null
  locale: string
  mode: Mode
  moment: string
  zone: string
  synthetic: boolean
  omitted: { name: string }[]
  tile_url: string | null
  /** What the city calls its classes of incident. */
  catalogue?: Source<Pick<Catalogue, 'incident_categories'>> | null
}

/** A city on a map, with what its controls share. */
export interface CityHandle {
  city: CityMap
  locale: Locale
  request: CityRequest
  pressed: StateKey | null
  /** Calls back at once and after every change of what is shown. */
  changed(render: () => void): void
  change(act: () => void): void
}

const drawn = new WeakMap<L.Map, Promise<CityHandle>>()

async function load<T>(source: Source<T>): Promise<T> {
  if (typeof source !== 'string') return source
  const response = await fetch(source, { credentials: 'same-origin' })
  if (!response.ok) throw new Error(String(response.status))
  return (await response.json()) as T
}

/** Draws the layers of a city on a map; the other functions add to it in any order. */
export function city(map: L.Map, request: CityRequest): void {
  const locale = knownLocale(request.locale)
  map.attributionControl?.remove()
  if (request.tile_url) L.tileLayer(request.tile_url, { className: 'gs-tiles' }).addTo(map)
  const made = draw(map, request, locale)
  made.catch((fault: unknown) => showFault(map, locale, fault))
  drawn.set(map, made)
}

async function draw(map: L.Map, request: CityRequest, locale: Locale): Promise<CityHandle> {
  const [grids, areas, status] = await Promise.all([load(request.grids), load(request.areas), load(request.status)])
  const layer = new CityMap(map, { grids, areas }, { locale, mode: request.mode, hasTiles: request.tile_url !== null })
  const renders: (() => void)[] = []
  const handle: CityHandle = {
    city: layer,
    locale,
    request,
    pressed: null,
    changed(render) {
      renders.push(render)
      render()
    },
    change(act) {
      act()
      for (const render of renders) render()
    },
  }
  layer.start()
  layer.setStates(statesByCode(status))
  layer.listen({ painted: markDrawn })
  layer.show()
  followMouse(layer, () => locale)
  await addRest(layer, request)
  return handle
}

async function addRest(layer: CityMap, request: CityRequest): Promise<void> {
  const [backdrop, points, catalogue] = await Promise.all([
    request.backdrop && load(request.backdrop),
    request.incidents && load(request.incidents),
    request.catalogue && load(request.catalogue),
  ])
  if (catalogue) teach('category', catalogue.incident_categories)
  if (backdrop) layer.setBackdrop(backdrop)
  if (points) layer.setIncidents(openIncidents(points, Date.parse(request.moment) / 1000))
}

function markDrawn(): void {
  document.documentElement.dataset.drawn = '1'
}

function showFault(map: L.Map, locale: Locale, fault: unknown): void {
  const note = document.createElement('p')
  note.className = 'gs-panel gs-fault'
  note.setAttribute('role', 'alert')
  note.textContent = text(locale, 'state.error', { reason: fault instanceof Error ? fault.message : String(fault) })
  map.getContainer().append(note)
}

function withCity(map: L.Map, use: (handle: CityHandle) => void): void {
  drawn.get(map)?.then(use, () => undefined)
}

/** The legend; pressing a state keeps only its grids in colour. */
export function legend(map: L.Map): void {
  withCity(map, (handle) => {
    const { city: layer, locale } = handle
    const control = new Legend((key) => handle.change(() => press(handle, key))).addTo(map)
    handle.changed(() =>
      control.render({
        locale,
        mode: layer.mode,
        states: layer.states,
        pressed: handle.pressed,
        hasIncidents: layer.layers.has('incidents') && handle.request.incidents !== null,
        hasVillages: layer.layers.has('villages') && layer.scene.areas.some((area) => area.level === 5 && !area.hasGrids),
      }),
    )
  })
}

function press(handle: CityHandle, key: StateKey): void {
  handle.pressed = handle.pressed === key ? null : key
  const { city: layer, pressed } = handle
  layer.incidents.fade(pressed !== null)
  const kept = [...(layer.states?.values() ?? [])].filter((row) => stateIn(layer.mode, row) === pressed)
  layer.setEmphasis(pressed === null ? null : new Set(kept.map((row) => row.code)))
}

/** The list of layers, the zoom buttons and the switch of colouring. */
export function controls(map: L.Map): void {
  map.zoomControl?.remove()
  withCity(map, (handle) => {
    const { city: layer, locale } = handle
    const layers = new LayerControl((wanted) => handle.change(() => layer.setLayers(wanted))).addTo(map)
    const modes = new ModeSwitch((mode) =>
      handle.change(() => {
        handle.pressed = null
        layer.setEmphasis(null)
        layer.setMode(mode)
      }),
    ).addTo(map)
    new ZoomControl(map, () => layer.fit()).render(locale)
    handle.changed(() => {
      layers.render(locale, layer.layers)
      modes.render(locale, layer.mode)
    })
  })
}

/** Popups with the facts of a grid. */
export function popups(map: L.Map): void {
  withCity(map, ({ city: layer, locale, request }) => openPopups(layer, () => locale, request.zone))
}

/** The moment shown, that data are synthetic, and what is left out. */
export function notice(map: L.Map): void {
  withCity(map, ({ locale, request }) => {
    const moment = formatMoment(new Date(request.moment), request.zone)
    new Notice().addTo(map).render({ locale, synthetic: request.synthetic, moment, omitted: request.omitted })
  })
}

declare global {
  interface Window {
    L: typeof L
  }
}

// Scripts that folium writes call Leaflet by its global name.
window.L = { ...L }

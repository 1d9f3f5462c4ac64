/** Binds the map library to the state of the command page. */
import * as L from 'leaflet'
import 'leaflet/dist/leaflet.css'
import '../../map/map.css'
import { watch, type WatchStopHandle } from 'vue'
import * as api from '../../api/resources'
import type { GridDocument, View } from '../../api/wire'
import type { Extent } from '../../model/address'
import { locale } from '../../i18n/current'
import { CityMap } from '../../map/citymap'
import { LayerControl } from '../../map/layercontrol'
import { Legend } from '../../map/legend'
import { ModeSwitch, ZoomControl } from '../../map/modeswitch'
import { Notice } from '../../map/notice'
import { followMouse } from '../../map/popup'
import { matches, stateFilter } from '../../model/ranking'
import { formatMoment } from '../../model/moments'
import { openIncidents, type StateKey } from '../../model/status'
import { followBlocks } from './blocks'
import { nameBy } from './names'
import { fail, momentShown, points, setMode, shown, states, toggleFilter, view, zone } from './state'

let present: { city: CityMap; stop(): void; documents: string } | null = null

/** The map as it stands, for panels that move it. */
export function theCity(): CityMap | null {
  return present?.city ?? null
}

/** Keeps a map in `container` for as long as the page lives; a net of other documents gets a new one. */
export function keepMap(container: HTMLElement): void {
  watch(
    view,
    (now) => {
      if (now && documentsOf(now) !== present?.documents) replace(container, now).catch(fail)
    },
    { immediate: true },
  )
}

/** What the documents are, whatever moment they are asked for. */
function documentsOf({ documents: { grids, areas, backdrop } }: View): string {
  return [grids, areas, backdrop].map((path) => path?.split('?')[0]).join()
}

async function replace(container: HTMLElement, now: View): Promise<void> {
  const documents = documentsOf(now)
  const [grids, areas] = await Promise.all([gridsOf(now), api.areaDocument(now.documents.areas)])
  if (!view.value || documentsOf(view.value) !== documents) return
  present?.stop()
  const map = L.map(container, { zoomControl: false, attributionControl: false, zoomSnap: 0.25, maxZoom: 19, minZoom: 8 })
  if (now.settings.tile_url) L.tileLayer(now.settings.tile_url, { className: 'gs-tiles' }).addTo(map)
  const city = new CityMap(map, { grids, areas }, {
    locale: locale.value,
    mode: shown.mode,
    layers: shown.layers,
    hasTiles: now.settings.tile_url !== null,
  })
  const stops = [...bind(city), () => map.remove()]
  present = { city, documents, stop: () => stops.forEach((stop) => stop()) }
  await firstPainting(city)
  city.setBackdrop(await api.lineDocument(now.documents.backdrop))
}

/** The backdrop is large and waits until what the page is for stands on the screen. */
function firstPainting(city: CityMap): Promise<void> {
  return new Promise((resolve) => city.listen({ painted: resolve }))
}

function gridsOf(now: View): Promise<GridDocument> {
  return now.documents.grids ? api.gridDocument(now.documents.grids) : Promise.resolve({ type: 'FeatureCollection', features: [] })
}

function bind(city: CityMap): (() => void)[] {
  nameBy(city)
  placeView(city)
  city.listen({
    chosen: (shape) => {
      shown.grid = shape?.code ?? null
    },
    painted: markDrawn,
  })
  city.map.on('moveend', () => rememberExtent(city.map))
  const stops = [...bindData(city), ...bindControls(city), followBlocks(city)]
  followMouse(city, () => locale.value)
  return stops
}

function placeView(city: CityMap): void {
  if (shown.extent) city.map.setView([shown.extent.lat, shown.extent.lng], shown.extent.zoom, { animate: false })
  else city.start()
}

function rememberExtent(map: L.Map): void {
  const { lat, lng } = map.getCenter()
  shown.extent = { zoom: map.getZoom(), lat, lng }
}

/** Goes where the address says, unless the map itself has just written it there. */
function follow(map: L.Map, { zoom, lat, lng }: Extent): void {
  const centre = map.getCenter()
  const isThere = Math.abs(centre.lat - lat) < 2e-5 && Math.abs(centre.lng - lng) < 2e-5 && Math.abs(map.getZoom() - zoom) < 0.01
  if (!isThere) map.setView([lat, lng], zoom, { animate: false })
}

function bindData(city: CityMap): WatchStopHandle[] {
  const now = { immediate: true }
  return [
    watch(states, (rows) => rows && city.setStates(rows).show(), now),
    watch(() => shown.mode, (mode) => city.setMode(mode)),
    watch(() => shown.layers, (layers) => city.setLayers(layers)),
    watch(() => shown.extent, (extent) => extent && follow(city.map, extent)),
    watch(() => shown.grid, (code) => city.select(code), now),
    watch(() => shown.isDark, (dark) => city.setDark(dark), now),
    watch(locale, (language) => city.setLocale(language)),
    watch(
      [states, () => shown.filter],
      () => {
        city.setEmphasis(kept())
        city.incidents.fade(shown.filter !== null && shown.filter !== 'incidents')
      },
      now,
    ),
    watch(
      points,
      (columns) => columns && city.setIncidents(openIncidents(columns, (momentShown.value?.getTime() ?? Date.now()) / 1000)),
      now,
    ),
  ]
}

function kept(): ReadonlySet<string> | null {
  const { filter } = shown
  if (!filter || !states.value) return null
  return new Set([...states.value.values()].filter((row) => matches(filter, row)).map((row) => row.code))
}

function bindControls(city: CityMap): WatchStopHandle[] {
  const { map } = city
  const legend = new Legend((key) => toggleFilter(stateFilter(key))).addTo(map)
  const layers = new LayerControl((wanted) => {
    shown.layers = wanted
  }).addTo(map)
  const modes = new ModeSwitch(setMode).addTo(map)
  const zoom = new ZoomControl(map, () => city.fit())
  const notice = new Notice().addTo(map)
  const hasVillages = city.scene.areas.some((area) => area.level === 5 && !area.hasGrids)
  const sources = [locale, states, points, view, () => shown.mode, () => shown.layers, () => shown.filter]
  const render = (): void => {
    legend.render({
      locale: locale.value,
      mode: shown.mode,
      states: states.value,
      pressed: shown.filter?.startsWith('state:') ? (shown.filter.slice(6) as StateKey) : null,
      hasIncidents: shown.layers.has('incidents') && points.value !== null,
      hasVillages: hasVillages && shown.layers.has('villages'),
    })
    layers.render(locale.value, shown.layers)
    modes.render(locale.value, shown.mode)
    zoom.render(locale.value)
    const moment = momentShown.value && formatMoment(momentShown.value, zone.value)
    notice.render({ locale: locale.value, synthetic: view.value?.synthetic ?? false, moment, omitted: view.value?.omitted ?? [] })
  }
  return [watch(sources, render, { immediate: true })]
}

function markDrawn(): void {
  if (document.documentElement.dataset.drawn) return
  performance.mark('gridsvc:drawn')
  document.documentElement.dataset.drawn = '1'
}

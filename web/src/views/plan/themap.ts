/** Binds the planner's map and its drawing modes to the state of the page. */
import * as L from 'leaflet'
import 'leaflet/dist/leaflet.css'
import '../../map/map.css'
import { watch } from 'vue'
import * as api from '../../api/resources'
import { locale } from '../../i18n/current'
import { loadGeoman } from '../../map/geoman'
import { carveMode, shiftMode } from '../../map/modes/areas'
import { blocksMode } from '../../map/modes/blocks'
import { borderMode } from '../../map/modes/border'
import { mergeMode } from '../../map/modes/merge'
import type { Bench, Mode } from '../../map/modes/mode'
import { selectMode } from '../../map/modes/select'
import { splitMode } from '../../map/modes/split'
import { verticesMode } from '../../map/modes/vertices'
import { ZoomControl } from '../../map/modeswitch'
import { PlanMap } from '../../map/planmap'
import { deviationClass, signed, type Draft } from '../../model/draft'
import type { Tool } from '../../model/tools'
import { commit, forget, tryOut } from './actions'
import { PlanLegend } from './legend'
import { blocks, choose, complain, draft, isDrawable, marked, notice, shown, trial, view } from './state'
import { gridWord } from './words'

let present: { plan: PlanMap; stop(): void } | null = null
let mode: Mode | null = null

export const theMap = (): PlanMap | null => present?.plan ?? null

/** Makes the map of the city in `container` and keeps it in step with the state until `dropMap`. */
export async function keepMap(container: HTMLElement): Promise<void> {
  const now = view.value
  if (!now || !draft.value || present) return
  try {
    const noGrids = { type: 'FeatureCollection' as const, features: [] }
    const [grids, areas] = await Promise.all([
      now.documents.grids ? api.gridDocument(now.documents.grids) : noGrids,
      api.areaDocument(now.documents.areas),
      loadGeoman(),
    ])
    const map = L.map(container, { zoomControl: false, attributionControl: false, zoomSnap: 0.25, maxZoom: 20, minZoom: 8, keyboardPanDelta: 40, boxZoom: false })
    if (now.settings.tile_url) L.tileLayer(now.settings.tile_url, { className: 'gs-tiles' }).addTo(map)
    const plan = new PlanMap(map, { grids, areas }, now.settings.tile_url !== null)
    const stops = bind(plan)
    present = { plan, stop: () => [...stops, () => map.remove()].forEach((stop) => stop()) }
    plan.setBackdrop(await api.lineDocument(now.documents.backdrop))
  } catch (fault) {
    complain(fault)
  }
}

export function dropMap(): void {
  mode?.disable()
  mode = null
  present?.stop()
  present = null
}

function bind(plan: PlanMap): (() => void)[] {
  const now = { immediate: true }
  showDraft(plan)
  placeView(plan)
  plan.show()
  const { map } = plan
  map.on('mousemove', ({ latlng }: L.LeafletMouseEvent) => {
    shown.hovered = plan.gridAt(latlng)?.key ?? null
  })
  map.on('mouseout', () => {
    shown.hovered = null
    if (shown.tool !== 'merge') forget()
  })
  map.on('moveend', () => writeAddress(map))
  const zoom = new ZoomControl(map, () => plan.fit())
  const legend = new PlanLegend().addTo(map)
  writeAddress(map)
  document.documentElement.dataset.drawn = '1'
  return [
    watch([draft, locale], () => {
      showDraft(plan)
      writeAddress(map)
      restart(plan)
    }),
    watch(blocks, (document) => plan.setBlocks(document), now),
    watch(() => shown.chosen, (keys) => plan.setSelected(keys), now),
    watch(() => shown.hovered, (key) => plan.setHovered(key)),
    watch(
      () => shown.dialog,
      (dialog) => {
        if (!dialog) return
        notice.value = null
        marked.value = null
      },
    ),
    watch(marked, (geometry) => plan.setFault(geometry)),
    watch(trial, (told, before) => {
      // The vertex being dragged and a proposed division draw themselves.
      if (shown.tool === 'vertices' || shown.dialog === 'divide' || told?.changed === before?.changed) return
      plan.setTried(told?.changed ?? [])
    }),
    watch([() => shown.isComparing, () => shown.divide], ([on, share]) => plan.setDivide(on ? share : null)),
    watch([() => shown.tool, isDrawable], () => restart(plan), now),
    watch(
      [locale, () => shown.isComparing],
      () => {
        zoom.render(locale.value)
        legend.render(locale.value)
      },
      now,
    ),
  ]
}

function showDraft(plan: PlanMap): void {
  const now = draft.value
  if (!now) return
  plan.setTried([])
  plan.setDraft(now.community, { grids: [...now.grids.values()], today: [...now.today.values()], outline: now.outline, ...told(now) })
  plan.setSelected(shown.chosen)
}

function told({ consequences }: Draft): { classes: Map<string, number | null>; labels: Map<string, readonly [string, string]> } {
  const { grids } = consequences
  return {
    classes: new Map(grids.map((each) => [each.key, deviationClass(each.deviation_pct)])),
    labels: new Map(
      grids.map((each) => [each.key, [gridWord(each), each.deviation_pct === null ? '—' : `${signed(each.deviation_pct)}%`] as const]),
    ),
  }
}

/** Begins the mode of the tool in use anew: another tool, or another draft under it. */
function restart(plan: PlanMap): void {
  mode?.disable()
  forget()
  mode = isDrawable.value ? modeOf(shown.tool, benchOf(plan)) : selectMode(benchOf(plan))
  mode.enable()
}

function benchOf(plan: PlanMap): Bench {
  return {
    plan,
    chosen: () => shown.chosen,
    choose,
    target: () => shown.target || null,
    tryOut: (operation, { x, y }) => tryOut(operation, { x, y }),
    commit: (operation) => void commit(operation).then(() => plan.setTried([])),
  }
}

function modeOf(tool: Tool, bench: Bench): Mode {
  const outline = (): number[][][] => {
    const shape = draft.value?.outline
    if (!shape) return []
    return shape.type === 'Polygon' ? shape.coordinates : shape.coordinates.flat()
  }
  const made: Record<Tool, () => Mode> = {
    select: () => selectMode(bench),
    split: () => splitMode(bench),
    merge: () => mergeMode(bench),
    border: () => borderMode(bench),
    vertices: () => verticesMode(bench, outline, (key) => draft.value?.grids.get(key)),
    blocks: () => blocksMode(bench),
    carve: () => carveMode(bench),
    shift: () => shiftMode(bench),
  }
  return made[tool]()
}

export const finish = (): void => mode?.finish?.()

export const stepBack = (): boolean => mode?.stepBack?.() ?? false

/** Presses the map where the cross stands, for those who draw with the keyboard. */
export function placeAtCross(): void {
  const map = present?.plan.map
  if (!map) return
  const containerPoint = map.getSize().divideBy(2).round()
  const latlng = map.containerPointToLatLng(containerPoint)
  const there = { latlng, containerPoint, layerPoint: map.containerPointToLayerPoint(containerPoint) }
  map.fire('mousemove', there)
  map.fire('click', there)
}

function placeView(plan: PlanMap): void {
  const [zoom, lat, lng] = (new URLSearchParams(location.hash.slice(1)).get('map') ?? '').split('/').map(Number)
  if (zoom > 0 && Math.abs(lat) <= 90 && Math.abs(lng) <= 180) plan.map.setView([lat, lng], zoom, { animate: false })
  else plan.fit()
}

/** Community and extent stand in the address, so that a link shows the same thing. */
function writeAddress(map: L.Map): void {
  const { lat, lng } = map.getCenter()
  const place = `${Number(map.getZoom().toFixed(2))}/${lat.toFixed(5)}/${lng.toFixed(5)}`
  history.replaceState(null, '', `#community=${draft.value?.community ?? ''}&map=${place}`)
}

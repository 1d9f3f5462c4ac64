/** The map of two nets: the earlier one left of a line, the later one right of it. */
import * as L from 'leaflet'
import 'leaflet/dist/leaflet.css'
import '../../../map/map.css'
import { watch } from 'vue'
import type { DraftFeature } from '../../../api/plans'
import type { NetDocument } from '../../../api/history'
import * as api from '../../../api/resources'
import { locale } from '../../../i18n/current'
import { ZoomControl } from '../../../map/modeswitch'
import { PlanMap } from '../../../map/planmap'
import { fragmentOf, numberOf } from '../../../model/history'
import { shown, view } from '../state'
import { areas, asking, fail, net, nets, pressed, startMap } from './state'

/** Makes the map in `container` and keeps it in step with the state; tells how to take it away. */
export async function keepMap(container: HTMLElement): Promise<() => void> {
  const now = view.value
  if (!now || !areas.value || !net.value) return () => undefined
  const map = L.map(container, { zoomControl: false, attributionControl: false, zoomSnap: 0.25, maxZoom: 20, minZoom: 8, keyboardPanDelta: 40 })
  if (now.settings.tile_url) L.tileLayer(now.settings.tile_url, { className: 'gs-tiles' }).addTo(map)
  const plan = new PlanMap(map, { grids: net.value, areas: areas.value }, now.settings.tile_url !== null)
  const [zoom, lat, lng] = (startMap ?? '').split('/').map(Number)
  show(plan)
  if (zoom > 0 && Math.abs(lat) <= 90 && Math.abs(lng) <= 180) map.setView([lat, lng], zoom, { animate: false })
  else plan.fit()
  plan.show()
  const zooming = new ZoomControl(map, () => plan.fit())
  map.on('moveend', () => writeAddress(map))
  const stops = [
    watch([nets, net], () => {
      show(plan)
      plan.fit()
      writeAddress(map)
    }),
    watch(() => [nets.value, shown.divide], () => plan.setDivide(isDivided() ? shown.divide : null), { immediate: true }),
    watch(pressed, (codes) => point(plan, codes)),
    watch(() => asking.code, () => writeAddress(map)),
    watch(locale, (to) => zooming.render(to), { immediate: true }),
  ]
  writeAddress(map)
  document.documentElement.dataset.drawn = '1'
  api.lineDocument(now.documents.backdrop).then((lines) => plan.setBackdrop(lines), fail)
  return () => [...stops, () => map.remove()].forEach((stop) => stop())
}

/** Whether there is anything for the line to part. */
export const isDivided = (): boolean => (nets.value?.old.features.length ?? 0) + (nets.value?.new.features.length ?? 0) > 0

function show(plan: PlanMap): void {
  if (!net.value || !nets.value) return
  const found = featuresOf(nets.value.new.features)
  const labels = new Map(found.map(({ properties: { key, name } }) => [key, [name, numberOf(key)] as const]))
  plan.setNets(net.value, { grids: found, today: featuresOf(nets.value.old.features), labels, communities: asking.community ? [asking.community] : [] })
}

function featuresOf(features: NetDocument['features']): DraftFeature[] {
  return features.map(({ geometry, properties: { code, name, kind } }) => ({
    type: 'Feature',
    geometry,
    properties: { key: code, name, kind: kind === 'dedicated' ? 'dedicated' : 'basic', code, drawn_from: null, decided: false, fresh_code: false },
  }))
}

/** Brings the grids of a row into view, those of the earlier and of the later net. */
function point(plan: PlanMap, codes: readonly string[]): void {
  const changed = [...(nets.value?.old.features ?? []), ...(nets.value?.new.features ?? [])]
  const wanted = (features: NetDocument['features']): NetDocument['features'] => features.filter(({ properties }) => codes.includes(properties.code))
  const found = wanted(changed).length > 0 ? wanted(changed) : wanted(net.value?.features ?? [])
  plan.setPointed(featuresOf(found))
  if (found.length > 0) plan.fitGeometry({ type: 'GeometryCollection', geometries: found.map(({ geometry }) => geometry) })
}

function writeAddress(map: L.Map): void {
  const { lat, lng } = map.getCenter()
  const place = `${Number(map.getZoom().toFixed(2))}/${lat.toFixed(5)}/${lng.toFixed(5)}`
  const { since, until, community, code } = asking
  history.replaceState(null, '', fragmentOf({ since, until, community, code, map: place }))
}

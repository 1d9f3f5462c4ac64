/** Binds the map to the page of people: staffing in colour, the grids of the rows kept bright. */
import * as L from 'leaflet'
import 'leaflet/dist/leaflet.css'
import '../../map/map.css'
import { watch } from 'vue'
import * as api from '../../api/resources'
import { locale } from '../../i18n/current'
import { CityMap } from '../../map/citymap'
import { Legend } from '../../map/legend'
import { ZoomControl } from '../../map/modeswitch'
import { followMouse } from '../../map/popup'
import { statesByCode } from '../../model/status'
import { areas, grids, page, pointed, status, view } from './state'

/** Draws the map into `container`; returns how to take it away. */
export function keepMap(container: HTMLElement): () => void {
  if (!areas.value || !grids.value || !status.value) return () => undefined
  const map = L.map(container, { zoomControl: false, attributionControl: false, zoomSnap: 0.25, maxZoom: 19, minZoom: 8 })
  const city = new CityMap(map, { grids: grids.value, areas: areas.value }, { locale: locale.value, mode: 'staffing' })
  city.start()
  city.setStates(statesByCode(status.value)).show()
  city.listen({ chosen: (shape) => (page.grid = shape?.code ?? null), painted: () => (document.documentElement.dataset.drawn = '1') })
  const zoom = new ZoomControl(map, () => city.fit())
  const legend = new Legend((key) => Object.assign(page, { tab: 'vacancies', staffing: key })).addTo(map)
  followMouse(city, () => locale.value)
  const stops = [
    watch(locale, (language) => (city.setLocale(language), words()), { immediate: true }),
    watch(pointed, (codes) => city.setEmphasis(codes && codes.size > 0 ? codes : null), { immediate: true }),
    watch(() => page.area, (code) => goTo(city, code), { immediate: true }),
    watch(() => page.grid, (code) => (city.select(code), code && city.centreOn(code))),
  ]
  const watcher = new ResizeObserver(() => map.invalidateSize({ pan: false }))
  watcher.observe(container)
  const backdrop = view.value?.documents.backdrop
  if (backdrop) void api.lineDocument(backdrop).then((lines) => city.setBackdrop(lines), () => undefined)

  function words(): void {
    zoom.render(locale.value)
    legend.render({ locale: locale.value, mode: 'staffing', states: city.states, pressed: null, hasIncidents: false, hasVillages: false })
  }

  return () => {
    stops.forEach((stop) => stop())
    watcher.disconnect()
    map.remove()
  }
}

function goTo(city: CityMap, code: string | null): void {
  const box = code ? city.scene.areaByCode.get(code)?.box : null
  if (!box) return city.start()
  city.map.fitBounds(L.latLngBounds(city.latLngAt(box.minX, box.minY), city.latLngAt(box.maxX, box.maxY)), { padding: [16, 16], animate: false })
}

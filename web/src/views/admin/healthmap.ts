/** The faults of the net over the map of its grids; each has a mark of its own, for slivers are too thin to be hit. */
import * as L from 'leaflet'
import 'leaflet/dist/leaflet.css'
import '../../map/map.css'
import type { Geometry } from 'geojson'
import type { NetHealth } from '../../api/admin'
import * as api from '../../api/resources'
import type { Locale } from '../../i18n/text'
import { CityMap } from '../../map/citymap'
import { statesByCode } from '../../model/status'

export interface FindingMap {
  /** Goes to a finding and marks it. */
  show(index: number): void
  remove(): void
}

const COLOUR = '#b3263c'
const HINT = '#7a5400'
const NEAREST = 18

/** Draws the net and the findings in `container`; `chosen` is called with the number of one that was clicked. */
export async function showFindings(
  container: HTMLElement,
  features: NetHealth['features'],
  locale: Locale,
  chosen: (index: number) => void,
): Promise<FindingMap> {
  const view = await api.view(null)
  const [grids, areas, status] = await Promise.all([
    view.documents.grids ? api.gridDocument(view.documents.grids) : { type: 'FeatureCollection' as const, features: [] },
    api.areaDocument(view.documents.areas),
    api.status(null),
  ])
  const map = L.map(container, { attributionControl: false, zoomSnap: 0.25, maxZoom: 21, minZoom: 8 })
  const city = new CityMap(map, { grids, areas }, { locale, mode: 'staffing', layers: new Set(['grids', 'communities', 'labels']) })
  city.start()
  city.setStates(statesByCode(status))
  city.setEmphasis(new Set()) // what is wrong alone has colour
  city.show()
  const marks = features.map((feature, index) => mark(map, feature.geometry, feature.properties.is_fault, () => chosen(index)))
  return {
    show(index) {
      const found = marks[index]
      if (found) map.fitBounds(found.bounds.pad(1), { maxZoom: NEAREST, animate: false })
      marks.forEach((each, at) => each?.point.setStyle({ weight: at === index ? 6 : 2 }))
    },
    remove: () => map.remove(),
  }
}

function mark(map: L.Map, geometry: Geometry | null, isFault: boolean, clicked: () => void): { bounds: L.LatLngBounds; point: L.CircleMarker } | null {
  if (!geometry) return null
  const color = isFault ? COLOUR : HINT
  const shape = L.geoJSON(geometry, {
    style: { color, weight: 2, fillColor: color, fillOpacity: 0.45 },
    pointToLayer: (_, at) => L.circleMarker(at, { radius: 4, color }),
  }).addTo(map)
  const bounds = shape.getBounds()
  const point = L.circleMarker(bounds.getCenter(), { radius: 9, color, weight: 2, fillColor: '#ffffff', fillOpacity: 0.35, className: 'finding-mark' }).addTo(map)
  for (const layer of [shape, point]) layer.on('click', clicked)
  return { bounds, point }
}

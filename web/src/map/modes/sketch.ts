/** Drawing a line or an area with Geoman, snapping to grids and blocks; each step is tried out while it is drawn. */
import * as L from 'leaflet'
import type { Position } from 'geojson'
import type { Operation } from '../../api/plans'
import { boxesMeet } from '../../geo/box'
import { BLOCKS_FROM } from '../draftpaint'
import type { Bench, Mode } from './mode'

type Kind = 'Line' | 'Polygon'

/** Beyond so many vertices only grids are snapped to, so that the pointer never waits. */
const MOST_SNAPPED = 1500
const LOOK = { color: '#a15c00', weight: 3, fillOpacity: 0.1 }

/** What Geoman keeps to itself and has no other way to ask for. */
interface Hand {
  _removeLastVertex(): void
  _finishShape(): void
  _markers: unknown[]
}

export function sketch(bench: Bench, kind: Kind, toOperation: (places: Position[]) => Operation | null): Mode {
  const { map } = bench.plan
  const snaps = L.layerGroup()
  let isOn = false

  const hand = (): Hand => (map.pm.Draw as unknown as Record<Kind, Hand>)[kind]
  const placesOf = (latlngs: readonly L.LatLng[]): Position[] => latlngs.map(({ lat, lng }) => [lng, lat])

  const start = (): void => {
    if (!isOn) return
    map.pm.enableDraw(kind, {
      snappable: true,
      snapDistance: 12,
      tooltips: false,
      cursorMarker: true,
      allowSelfIntersection: true,
      continueDrawing: false,
      ...(kind === 'Line' ? { finishOn: 'dblclick' as const } : {}),
      templineStyle: LOOK,
      hintlineStyle: { ...LOOK, dashArray: '6 6' },
      pathOptions: LOOK,
    })
  }
  const began = (event: { workingLayer: L.Layer }): void => {
    event.workingLayer.on('pm:change', (change) => {
      const { latlngs } = change as unknown as { latlngs: L.LatLng[] }
      const places = placesOf(latlngs.flat())
      const [last] = places.slice(-1)
      const enough = places.length >= (kind === 'Line' ? 2 : 3)
      bench.tryOut(enough ? toOperation(places) : null, map.latLngToContainerPoint([last[1], last[0]]))
    })
  }
  const created = (event: { layer: L.Layer }): void => {
    event.layer.remove()
    const [ring] = [(event.layer as L.Polyline).getLatLngs().flat(2) as L.LatLng[]]
    const operation = toOperation(placesOf(ring))
    if (operation) bench.commit(operation)
    // Geoman ends its drawing after this call; the next one begins once it has.
    setTimeout(start)
  }
  const renewSnaps = (): void => {
    snaps.clearLayers()
    for (const ring of snappable(bench)) {
      snaps.addLayer(L.polyline(ring.map(([lng, lat]) => L.latLng(lat, lng)), { stroke: false, interactive: false }))
    }
  }
  return {
    enable() {
      isOn = true
      snaps.addTo(map)
      renewSnaps()
      map.doubleClickZoom.disable()
      map.on('moveend', renewSnaps)
      map.on('pm:drawstart', began)
      map.on('pm:create', created)
      start()
    },
    disable() {
      isOn = false
      map.pm.disableDraw()
      map.doubleClickZoom.enable()
      map.off('moveend', renewSnaps)
      map.off('pm:drawstart', began)
      map.off('pm:create', created)
      snaps.remove()
    },
    finish: () => hand()._finishShape(),
    stepBack() {
      if (hand()._markers.length === 0) return false
      hand()._removeLastVertex()
      setTimeout(() => !map.pm.globalDrawModeEnabled() && start())
      return true
    },
  }
}

interface Placed {
  places: Position[][]
}

/** Rings in view to which a drawing may snap. */
function snappable({ plan }: Bench): Position[][] {
  const seen = ({ places }: Placed): Position[][] => places
  const box = plan.map.getBounds().pad(0.1)
  const inView = (shapes: readonly Placed[]): Placed[] => shapes.filter((shape) => meets(shape.places, box))
  const grids = inView(plan.grids).flatMap(seen)
  const blocks = plan.map.getZoom() >= BLOCKS_FROM ? inView(plan.blocks).flatMap(seen) : []
  const size = [...grids, ...blocks].reduce((sum, ring) => sum + ring.length, 0)
  return size > MOST_SNAPPED ? grids : [...grids, ...blocks]
}

function meets(places: Position[][], bounds: L.LatLngBounds): boolean {
  const box = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity }
  for (const [lng, lat] of places.flat()) {
    box.minX = Math.min(box.minX, lng)
    box.maxX = Math.max(box.maxX, lng)
    box.minY = Math.min(box.minY, lat)
    box.maxY = Math.max(box.maxY, lat)
  }
  return boxesMeet(box, { minX: bounds.getWest(), maxX: bounds.getEast(), minY: bounds.getSouth(), maxY: bounds.getNorth() })
}

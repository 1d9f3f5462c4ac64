/** Editing border vertices: the corner that is dragged moves in every grid that meets there. */
import * as L from 'leaflet'
import type { Position } from 'geojson'
import type { DraftFeature, Operation } from '../../api/plans'
import { movableVertices, withVertexMoved, type SharedVertex } from '../../model/borders'
import { listening, type Bench, type Mode } from './mode'

const REACH_PX = 12
/** From here on every vertex is offered, below only corners. */
const ALL_FROM = 16.5

/** `frozen` are the rings of the community's own border, `feature` gives the grid of a key as it is drawn. */
export function verticesMode(bench: Bench, frozen: () => Position[][], feature: (key: string) => DraftFeature | undefined): Mode {
  const { plan } = bench
  const { map } = plan
  let vertices: SharedVertex[] = []
  let held: SharedVertex | null = null
  let stop: (() => void) | null = null
  let moved = false
  let pointer: L.Point | null = null

  const pointOf = ([lng, lat]: Position): L.Point => map.latLngToContainerPoint([lat, lng])
  const offered = (): SharedVertex[] => vertices.filter(({ isCorner }) => isCorner || map.getZoom() >= ALL_FROM)
  const near = (point: L.Point): SharedVertex | null => {
    const found = offered().map((vertex) => ({ vertex, far: pointOf(vertex.place).distanceTo(point) })).sort((a, b) => a.far - b.far)
    return found.length > 0 && found[0].far <= REACH_PX ? found[0].vertex : null
  }
  const operation = (vertex: SharedVertex, to: Position | null): Operation => {
    const place = (each: Position): [number, number] => [each[0], each[1]]
    return { kind: 'move_vertices', moves: [{ place: place(vertex.place), to: to && place(to) }] }
  }
  const show = (): void => plan.setHandles(offered().map(({ place }) => place), held?.place ?? null)
  const follow = (vertex: SharedVertex, to: Position): void => {
    const features = vertex.keys.flatMap((key) => feature(key) ?? [])
    plan.setTried(features.map((each) => movedFeature(each, vertex.place, to)))
  }
  const grab = (vertex: SharedVertex): void => {
    held = vertex
    moved = false
    map.dragging.disable()
    show()
  }
  const drop = (): void => {
    held = null
    map.dragging.enable()
    show()
  }
  const placed = (latlng: L.LatLng): void => {
    if (!held) return
    const done = operation(held, [latlng.lng, latlng.lat])
    drop()
    bench.commit(done)
  }
  return {
    enable() {
      vertices = movableVertices(new Map(plan.grids.map(({ key, places }) => [key, places])), frozen())
      show()
      stop = listening(map, {
        zoomend: show,
        mousedown: ({ containerPoint }) => {
          const vertex = near(containerPoint)
          if (vertex) grab(vertex)
        },
        mousemove: ({ latlng, containerPoint, originalEvent }) => {
          pointer = originalEvent ? containerPoint : null
          map.getContainer().classList.toggle('gs-grab', near(containerPoint) !== null)
          if (!held) return
          moved = true
          follow(held, [latlng.lng, latlng.lat])
          bench.tryOut(operation(held, [latlng.lng, latlng.lat]), containerPoint)
        },
        mouseup: ({ latlng }) => (moved ? placed(latlng) : drop()),
        // From the keyboard: the first stroke takes the vertex under the cross, the second puts it down.
        click: ({ latlng, containerPoint, originalEvent }) => {
          if (originalEvent) return
          const vertex = held ? null : near(containerPoint)
          if (held) placed(latlng)
          else if (vertex) grab(vertex)
        },
      })
    },
    disable() {
      stop?.()
      if (held) drop()
      map.getContainer().classList.remove('gs-grab')
      plan.setHandles([])
    },
    /** Leaves the vertex out that is held, or lies under the pointer or the cross. */
    stepBack() {
      const vertex = held ?? near(pointer ?? map.getSize().divideBy(2))
      if (!vertex) return false
      drop()
      bench.commit(operation(vertex, null))
      return true
    },
  }
}

function movedFeature(feature: DraftFeature, from: Position, to: Position): DraftFeature {
  const { geometry } = feature
  if (geometry.type === 'Polygon') {
    return { ...feature, geometry: { ...geometry, coordinates: withVertexMoved(geometry.coordinates, from, to) } }
  }
  const coordinates = geometry.coordinates.map((polygon) => withVertexMoved(polygon, from, to))
  return { ...feature, geometry: { ...geometry, coordinates } }
}

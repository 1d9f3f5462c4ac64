/** Drawing an area: carved out as a grid of its own, or shifted from the first grid chosen to the second. */
import type { Position } from 'geojson'
import type { Bench, Mode } from './mode'
import { sketch } from './sketch'

const areaOf = (places: Position[]): { type: 'Polygon'; coordinates: Position[][] } => ({
  type: 'Polygon',
  coordinates: [[...places, places[0]]],
})

export function carveMode(bench: Bench): Mode {
  return sketch(bench, 'Polygon', (places) => ({ kind: 'carve', area: areaOf(places), grid_kind: 'dedicated' }))
}

export function shiftMode(bench: Bench): Mode {
  return sketch(bench, 'Polygon', (places) => {
    const [source, target] = bench.chosen()
    return source && target ? { kind: 'shift', source, target, area: areaOf(places) } : null
  })
}

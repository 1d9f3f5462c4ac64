/** Splitting a grid by a drawn line: the grid chosen, or the one that most of the line runs through. */
import * as L from 'leaflet'
import { alongLine, mostFrequent } from '../../model/borders'
import type { Bench, Mode } from './mode'
import { sketch } from './sketch'

export function splitMode(bench: Bench): Mode {
  return sketch(bench, 'Line', (places) => {
    const chosen = bench.chosen()
    const under = alongLine(places).map(([lng, lat]) => bench.plan.gridAt(L.latLng(lat, lng))?.key ?? null)
    const key = chosen.length === 1 ? chosen[0] : mostFrequent(under)
    return key === null ? null : { kind: 'split', key, line: { type: 'LineString', coordinates: places } }
  })
}

/** Moving a border: a drawn line takes the place of the stretch between its ends; two chosen grids say which border. */
import { pairAtEnds } from '../../model/borders'
import type { Bench, Mode } from './mode'
import { sketch } from './sketch'

export function borderMode(bench: Bench): Mode {
  return sketch(bench, 'Line', (places) => {
    const chosen = bench.chosen()
    const grids = new Map(bench.plan.grids.map(({ key, places: rings }) => [key, rings]))
    const pair = chosen.length === 2 ? chosen : pairAtEnds(grids, places)
    if (!pair) return null
    return { kind: 'move_border', left: pair[0], right: pair[1], line: { type: 'LineString', coordinates: places } }
  })
}

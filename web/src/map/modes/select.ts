/** Choosing grids: one, or more with Shift or Ctrl. */
import { isAdding, listening, toggled, type Bench, type Mode } from './mode'

export function selectMode(bench: Bench): Mode {
  let stop: (() => void) | null = null
  return {
    enable() {
      stop = listening(bench.plan.map, {
        click: (event) => {
          const shape = bench.plan.gridAt(event.latlng)
          if (!shape) return bench.choose([])
          bench.choose(isAdding(event) ? toggled(bench.chosen(), shape.key) : [shape.key])
        },
      })
    },
    disable: () => stop?.(),
  }
}

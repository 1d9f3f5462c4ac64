/** Merging: grids are gathered by pressing them; Enter makes them one. The first one chosen goes on if none is larger. */
import { listening, toggled, type Bench, type Mode } from './mode'
import type { Operation } from '../../api/plans'

export function mergeMode(bench: Bench): Mode {
  let stop: (() => void) | null = null
  const wanted = (): Operation | null => {
    const keys = [...bench.chosen()]
    return keys.length >= 2 ? { kind: 'merge', keys } : null
  }
  return {
    enable() {
      stop = listening(bench.plan.map, {
        click: ({ latlng, containerPoint }) => {
          const shape = bench.plan.gridAt(latlng)
          if (!shape) return
          bench.choose(toggled(bench.chosen(), shape.key))
          bench.tryOut(wanted(), containerPoint)
        },
      })
      bench.tryOut(wanted(), bench.plan.map.getSize().divideBy(2))
    },
    disable: () => stop?.(),
    finish() {
      const operation = wanted()
      if (operation) bench.commit(operation)
    },
    stepBack() {
      const keys = bench.chosen()
      bench.choose(keys.slice(0, -1))
      return keys.length > 0
    },
  }
}

/** Painting blocks: those the brush passes over go to the target grid, or become a grid of their own. */
import type * as L from 'leaflet'
import type { Operation } from '../../api/plans'
import type { BlockShape } from '../draftscene'
import { listening, type Bench, type Mode } from './mode'

export function blocksMode(bench: Bench): Mode {
  const { plan } = bench
  const { map } = plan
  const painted = new Map<string, BlockShape>()
  let isDown = false
  let stop: (() => void) | null = null

  const wanted = (): Operation | null => {
    const block_ids = [...painted.keys()]
    const key = bench.target()
    if (block_ids.length === 0) return null
    return key === null ? { kind: 'carve', block_ids, grid_kind: 'dedicated' } : { kind: 'reassign_blocks', block_ids, key }
  }
  const paint = (latlng: L.LatLng, at: L.Point): void => {
    const block = plan.blockAt(latlng)
    if (!block || painted.has(block.code)) return
    painted.set(block.code, block)
    plan.setPainted([...painted.values()])
    bench.tryOut(wanted(), at)
  }
  const clear = (): void => {
    painted.clear()
    plan.setPainted([])
  }
  const done = (): void => {
    const operation = wanted()
    clear()
    if (operation) bench.commit(operation)
  }
  return {
    enable() {
      map.dragging.disable()
      stop = listening(map, {
        mousedown: ({ latlng, containerPoint }) => {
          isDown = true
          paint(latlng, containerPoint)
        },
        mousemove: ({ latlng, containerPoint }) => {
          if (isDown) paint(latlng, containerPoint)
        },
        mouseup: () => {
          if (isDown && bench.target() !== null) done()
          isDown = false
        },
        // From the keyboard: each stroke paints the block under the cross; Enter hands them over.
        click: ({ latlng, containerPoint, originalEvent }) => {
          if (!originalEvent) paint(latlng, containerPoint)
        },
      })
    },
    disable() {
      stop?.()
      isDown = false
      clear()
      map.dragging.enable()
    },
    finish: done,
    stepBack() {
      const last = [...painted.keys()].at(-1)
      if (last === undefined) return false
      painted.delete(last)
      plan.setPainted([...painted.values()])
      return true
    },
  }
}

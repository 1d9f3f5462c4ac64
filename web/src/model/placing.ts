/** Which labels may stand: the more important first, none over another. */
import { boxesMeet, type Box } from '../geo/box'

export interface Wish {
  box: Box
  rank: number
}

/** The wishes that can be met together, lower rank first; equal ranks in the order given. */
export function placeLabels<T extends Wish>(wishes: readonly T[], cell = 96): T[] {
  const taken = new Map<string, Box[]>()
  const placed: T[] = []
  for (const wish of [...wishes].sort((a, b) => a.rank - b.rank)) {
    const keys = cellsOf(wish.box, cell)
    if (keys.some((key) => taken.get(key)?.some((box) => boxesMeet(box, wish.box)))) continue
    for (const key of keys) {
      const list = taken.get(key)
      if (list) list.push(wish.box)
      else taken.set(key, [wish.box])
    }
    placed.push(wish)
  }
  return placed
}

function cellsOf(box: Box, cell: number): string[] {
  const keys: string[] = []
  for (let row = Math.floor(box.minY / cell); row <= Math.floor(box.maxY / cell); row += 1) {
    for (let column = Math.floor(box.minX / cell); column <= Math.floor(box.maxX / cell); column += 1) {
      keys.push(`${row}:${column}`)
    }
  }
  return keys
}

/** Which labels may stand, and where: the more important first, none over another or over an obstacle. */
import { boxesMeet, type Box } from '../geo/box'

export interface Wish {
  /** Places in which the label would do, the best first. */
  boxes: readonly Box[]
  rank: number
}

export interface Placed<T> {
  wish: T
  box: Box
}

const CELL = 96

/** The wishes that can be met together, lower rank first; equal ranks in the order given. */
export function placeLabels<T extends Wish>(wishes: readonly T[], obstacles: readonly Box[] = []): Placed<T>[] {
  const taken = new Taken()
  for (const box of obstacles) taken.add(box)
  const placed: Placed<T>[] = []
  for (const wish of [...wishes].sort((a, b) => a.rank - b.rank)) {
    const box = wish.boxes.find((each) => taken.isFree(each))
    if (!box) continue
    taken.add(box)
    placed.push({ wish, box })
  }
  return placed
}

/** Boxes in use, by the squares of a coarse raster. */
class Taken {
  private readonly cells = new Map<string, Box[]>()

  isFree(box: Box): boolean {
    return !cellsOf(box).some((key) => this.cells.get(key)?.some((other) => boxesMeet(other, box)))
  }

  add(box: Box): void {
    for (const key of cellsOf(box)) {
      const cell = this.cells.get(key)
      if (cell) cell.push(box)
      else this.cells.set(key, [box])
    }
  }
}

function cellsOf(box: Box): string[] {
  const keys: string[] = []
  for (let row = Math.floor(box.minY / CELL); row <= Math.floor(box.maxY / CELL); row += 1) {
    for (let column = Math.floor(box.minX / CELL); column <= Math.floor(box.maxX / CELL); column += 1) {
      keys.push(`${row}:${column}`)
    }
  }
  return keys
}

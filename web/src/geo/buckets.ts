/** A coarse index over boxes: which of them may hold a point. */
import { isEmpty, joinBoxes, type Box } from './box'

export class Buckets<T extends { box: Box }> {
  private readonly cells = new Map<number, T[]>()
  private readonly all: Box
  private readonly step: number
  private readonly columns: number

  constructor(items: readonly T[], perSide = 48) {
    this.all = joinBoxes(items.map((item) => item.box))
    const span = isEmpty(this.all) ? 1 : Math.max(this.all.maxX - this.all.minX, this.all.maxY - this.all.minY)
    this.step = span / perSide || 1
    this.columns = perSide + 2
    for (const item of items) this.add(item)
  }

  private add(item: T): void {
    const left = this.column(item.box.minX)
    const right = this.column(item.box.maxX)
    const bottom = this.row(item.box.maxY)
    for (let row = this.row(item.box.minY); row <= bottom; row += 1) {
      for (let column = left; column <= right; column += 1) {
        const key = row * this.columns + column
        const cell = this.cells.get(key)
        if (cell) cell.push(item)
        else this.cells.set(key, [item])
      }
    }
  }

  private column(x: number): number {
    return Math.floor((x - this.all.minX) / this.step)
  }

  private row(y: number): number {
    return Math.floor((y - this.all.minY) / this.step)
  }

  /** Items whose box may hold the point. */
  near(x: number, y: number): readonly T[] {
    if (x < this.all.minX || x > this.all.maxX || y < this.all.minY || y > this.all.maxY) return []
    return this.cells.get(this.row(y) * this.columns + this.column(x)) ?? []
  }
}

/** What every drawing mode can do, and what it works with. */
import type * as L from 'leaflet'
import type { Operation } from '../../api/plans'
import type { PlanMap } from '../planmap'

export interface Mode {
  enable(): void
  disable(): void
  /** Enter: does what was prepared. */
  finish?(): void
  /** Backspace: takes the last step of what is being drawn back; false if there was none. */
  stepBack?(): boolean
}

export interface Bench {
  readonly plan: PlanMap
  /** Keys of the grids chosen, in the order of choosing. */
  chosen(): readonly string[]
  choose(keys: readonly string[]): void
  /** The grid that is painted or that gets what is shifted; null: a new one. */
  target(): string | null
  /** Shows beside the pointer what an operation would come to; null: nothing is tried out. */
  tryOut(operation: Operation | null, at: L.Point): void
  commit(operation: Operation): void
}

/** Adds listeners to the map and tells how to take them away again. */
export function listening(map: L.Map, handlers: Record<string, (event: L.LeafletMouseEvent) => void>): () => void {
  const entries = Object.entries(handlers) as [string, L.LeafletEventHandlerFn][]
  for (const [name, handler] of entries) map.on(name, handler)
  return () => {
    for (const [name, handler] of entries) map.off(name, handler)
  }
}

export const isAdding = (event: L.LeafletMouseEvent): boolean => {
  const { originalEvent: origin } = event
  return Boolean(origin?.shiftKey || origin?.ctrlKey || origin?.metaKey)
}

export const toggled = (keys: readonly string[], key: string): string[] =>
  keys.includes(key) ? keys.filter((each) => each !== key) : [...keys, key]

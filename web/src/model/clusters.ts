/** Incidents near each other on the screen, gathered; a cluster shows the worst state inside. */
import { INCIDENT_AGES, type IncidentAge } from './status'

export interface Spot {
  x: number
  y: number
  age: IncidentAge
}

export interface Cluster<T extends Spot> {
  x: number
  y: number
  members: T[]
  worst: IncidentAge
}

/** Gathers spots that share a square of `size`; a cluster stands at the mean of its members. */
export function clusterSpots<T extends Spot>(spots: readonly T[], size: number): Cluster<T>[] {
  const cells = new Map<string, T[]>()
  for (const spot of spots) {
    const key = `${Math.floor(spot.x / size)}:${Math.floor(spot.y / size)}`
    const cell = cells.get(key)
    if (cell) cell.push(spot)
    else cells.set(key, [spot])
  }
  return [...cells.values()].map(summarise)
}

function summarise<T extends Spot>(members: T[]): Cluster<T> {
  let x = 0
  let y = 0
  let worst = 0
  for (const spot of members) {
    x += spot.x / members.length
    y += spot.y / members.length
    worst = Math.max(worst, INCIDENT_AGES.indexOf(spot.age))
  }
  return { x, y, members, worst: INCIDENT_AGES[worst] }
}
